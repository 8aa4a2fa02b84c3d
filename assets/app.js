// Everything here is an enhancement: each page works without it.
import "./js/counters.js";
import "./js/focus.js";
import "./js/menus.js";
import "./js/failures.js";
import "./js/zone.js";
import "./js/maps.js";
