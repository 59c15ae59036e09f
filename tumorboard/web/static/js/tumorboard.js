// Every page works without scripts; these only save clicks. Each finds its own elements and does nothing without them.
import "./agenda.js";
import "./autosave.js";
import "./busy.js";
import "./copy.js";
import "./dialog.js";
import "./keys.js";
import "./paste_stage.js";
import "./repeat.js";
import "./rows.js";
import "./toast.js";
