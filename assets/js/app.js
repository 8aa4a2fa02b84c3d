// Everything here is an enhancement: each page works without it.
import "./counters.js";
import "./focus.js";
import "./menus.js";
import "./failures.js";
