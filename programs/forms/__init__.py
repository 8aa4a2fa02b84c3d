"""Forms with which agencies write programs, calls and conditions."""
