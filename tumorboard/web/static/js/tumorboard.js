// Every page works without scripts; these only save clicks. Each finds its own elements and does nothing without them.
import "./passkeys.js"; // before what sends a form: it is not complete without the answer
import "./resend.js"; // before what follows a form that is sent
import "./agenda.js";
import "./attach.js"; // before what says that a form is being sent
import "./autosave.js";
import "./preview.js"; // before what waits for another page
import "./busy.js";
import "./carried.js";
import "./choices.js";
import "./codes.js";
import "./copy.js";
import "./dialog.js";
import "./fill.js";
import "./in_place.js";
import "./keys.js";
import "./leaving.js"; // after what sends a form again
import "./pack.js";
import "./print.js";
import "./repeat.js";
import "./rows.js";
import "./toast.js";
import "./too_long.js";
import "./typed_text.js";
import "./whole_stage.js";
