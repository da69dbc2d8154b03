"""Every command of the window: name, text, shortcuts, icon and tip; and where it stands in menus and tool bar."""

from __future__ import annotations

SPECS: tuple[tuple[str, str, list[str], str, str], ...] = (
    # name, text, shortcuts, icon, tip
    ("new", "&New", ["Ctrl+N"], "", "Begin with the default document"),
    ("open", "&Open…", ["Ctrl+O"], "open", "Open a document (or drop its file on the window)"),
    ("save", "&Save", ["Ctrl+S"], "save", "Save the document to its file"),
    ("save_as", "Save &as…", ["Ctrl+Shift+S"], "", "Save the document to another file"),
    ("import_data", "&Import data…", ["Ctrl+I"], "", "Take a table of x and y from a file (or drop it on the window)"),
    ("export_picture", "&Export picture…", ["Ctrl+E"], "", "Write a PNG, SVG, PDF, or a table of the curves"),
    (
        "export_film",
        "Export &animation…",
        ["Ctrl+Shift+E"],
        "",
        "Write a film: MP4, WebM, GIF, APNG, or PNGs",
    ),
    ("copy_picture", "Copy p&icture", ["Ctrl+Alt+C"], "", "Put the plot on the clipboard, as it was exported last"),
    ("play", "&Play", ["Space"], "play", "Train, or pause"),
    ("step_1", "&One step", ["."], "", "Make one training step"),
    ("step_10", "&Ten steps", ["Shift+."], "", "Make ten training steps"),
    ("step_100", "&Hundred steps", ["Ctrl+."], "", "Make a hundred training steps"),
    ("reset", "&Reset", ["Ctrl+R"], "reset", "Back to step 0 and the same initialization"),
    ("new_initialization", "&New initialization", ["Ctrl+Shift+R"], "dice", "Step 0 with new random weights"),
    ("faster", "&Faster", ["]"], "", "Raise the training speed"),
    ("slower", "&Slower", ["["], "", "Lower the training speed"),
    ("moment_first", "&First recorded moment", ["Ctrl+Home"], "", "Go to the beginning of the recorded run"),
    ("moment_back", "Recorded moment &back", ["Ctrl+PgUp"], "", "The recorded moment before; training rests"),
    ("moment_forward", "Recorded moment for&ward", ["Ctrl+PgDown"], "", "The next recorded moment"),
    ("moment_last", "To the &present", ["Ctrl+End"], "", "From a recorded moment back to where training has come to"),
    ("replay", "&Replay", ["R"], "", "Play the recorded run again, or stop"),
    ("replay_back", "Replay back&ward", ["Shift+R"], "", "Play the recorded run backward, or stop"),
    ("train_from_here", "&Train from here", [], "", "Go on from the recorded moment on show; the run so far stays"),
    ("keep_moment", "&Keep this moment", ["C"], "", "Its output stays as a ghost under what is on show, to compare"),
    ("keep_run", "Keep this ru&n", ["Shift+C"], "", "Its output at the step on show stays as a ghost, and its loss"),
    ("drop_ghost", "&Discard the ghost", [], "", "Compare no more"),
    ("undo", "&Undo", ["Ctrl+Z"], "undo", "Take back the last change"),
    ("redo", "&Redo", ["Ctrl+Shift+Z", "Ctrl+Y"], "redo", "Make the change again"),
    ("copy_table", "&Table", ["Ctrl+Shift+C"], "", "Copy the parameters, a line for each neuron"),
    ("copy_numpy", "&NumPy", [], "", "Copy a function in Python with NumPy"),
    ("copy_pytorch", "&PyTorch", [], "", "Copy a PyTorch model with these parameters"),
    ("copy_desmos", "&Desmos", [], "", "Copy expressions for the Desmos calculator"),
    ("copy_latex", "&LaTeX", [], "", "Copy the formula in LaTeX"),
    ("paste", "&Paste parameters", ["Ctrl+Shift+V"], "", "Take the network from a copied table of v, b and w"),
    ("paste_data", "Paste &data", ["Ctrl+V"], "", "Take the copied table of x and y as the target"),
    ("edit_target", "Edit &target", ["T"], "points", "Move, add and delete the target's points on the plot"),
    ("draw_target", "Dra&w target", ["D"], "", "Draw the target with the mouse, from left to right"),
    ("history", "&History of changes", ["Ctrl+H"], "", "Show the list of changes, to go back or forth to any of them"),
    ("build", "&Build exactly", ["Ctrl+B"], "", "Build the network that runs through the target's points"),
    ("build_steps", "Build &step by step", ["Ctrl+Shift+B"], "", "Build it neuron by neuron, a sentence for each step"),
    ("build_back", "Build step bac&k", ["Alt+Left"], "", "One step of the construction back"),
    ("build_forward", "Build step &forward", ["Alt+Right"], "", "The next step of the construction"),
    ("next_neuron", "&Next neuron", ["N"], "", "Select the next neuron; V, B, W and arrows then move its parameters"),
    ("previous_neuron", "&Previous neuron", ["Shift+N"], "", "Select the neuron before"),
    ("shake", "S&hake", ["K"], "", "Show the output under random changes of one neuron or one parameter"),
    ("add_neuron", "&Add neuron", ["Ins"], "", "One neuron more in the widest gap, with w = 0: the output stays"),
    ("remove_neuron", "&Remove neuron", ["Ctrl+Del"], "", "Take the selected neuron out of the network"),
    ("duplicate_neuron", "&Duplicate neuron", [], "", "A copy of the selected neuron: its ray counts twice"),
    ("split_neuron", "&Split neuron", [], "", "A second neuron beside it, each with half of w, bending a little apart"),
    ("revive_neurons", "Re&vive dead neurons", [], "", "Bring their kinks back into the domain, with w = 0"),
    ("try_it", "&Try it yourself", ["Ctrl+T"], "", "Tune a blank network by hand, with a score and hints"),
    ("lock", "&Lock or unlock", ["L"], "", "Lock or unlock the handle under the mouse, else the current cell"),
    ("lock_hidden_weights", "Lock all hidden &weights", [], "", "Neither hand nor training moves v then"),
    ("lock_hidden_biases", "Lock all hidden b&iases", [], "", "Neither hand nor training moves b then: the kinks stay"),
    ("lock_output_weights", "Lock all &output weights", [], "", "Neither hand nor training moves w then"),
    ("unlock_all", "&Unlock all", [], "", "Hand and training may move all parameters again"),
    ("snap", "Sn&ap", ["G"], "", "Drag onto the grid and the target's points; Alt or Ctrl lets go meanwhile"),
    ("fit", "&Fit view", ["F", "Home"], "fit", "Show all of the target and the output (double-click does it too)"),
    ("scaled_rays", "&Scaled rays", ["Alt+1"], "", "Each neuron's contribution wⱼ·f(vⱼ·x + bⱼ)"),
    ("raw_rays", "&Raw rays", ["Alt+2"], "", "f(vⱼ·x + bⱼ), before wⱼ scales it: there is no ● to drag here"),
    ("partial_sums", "&Partial sums", ["Alt+3"], "", "b₀, then one contribution after the other added to it"),
    ("sum_back", "Partial sum bac&k", ["PgUp"], "", "Take the newest contribution away again"),
    ("sum_forward", "Partial sum for&ward", ["PgDown"], "", "Add the next contribution"),
    ("hide", "&Hide neuron", ["H"], "", "Hide or show the selected neuron; the output stays the whole network's"),
    ("solo", "Show neuron &alone", ["S"], "", "Only the selected neuron, or all again; the output stays the network's"),
    ("show_all", "Show all &neurons", ["Shift+H"], "", "Draw all neurons again"),
    ("output", "Network &output", ["O"], "", "Draw the network's output, with its corners"),
    ("residual", "R&esidual", ["E"], "", "Shade ŷ − y: one tint where the output is above the target, another below"),
    ("mark_largest_error", "&Mark the largest error", ["M"], "", "Show where output and target are furthest apart"),
    ("appearance", "&Dark appearance", ["Ctrl+D"], "appearance", "Switch between the light and the dark appearance"),
    ("larger_text", "&Larger text", ["Ctrl++", "Ctrl+="], "", "For the back of the room"),
    ("smaller_text", "&Smaller text", ["Ctrl+-"], "", "More room for the plot"),
    ("normal_text", "&Normal text", ["Ctrl+0"], "", "The usual text size"),
    ("panels", "&Panels", ["Ctrl+P"], "", "Show or hide the panels beside the plot"),
    ("full_screen", "F&ull screen", ["F11"], "fullscreen", "Use the whole screen"),
    ("shortcuts", "&Keys and mouse", ["F1"], "", "What the mouse and the keys do"),
    ("about", "&About reluviz", [], "", "Version and license"),
    ("quit", "&Quit", ["Ctrl+Q"], "", "Close the window"),
)
VIEWS = ("scaled_rays", "raw_rays", "partial_sums")
_DRAWN = {*VIEWS, "hide", "solo", "output", "residual", "mark_largest_error"}
CHECKABLE = {"edit_target", "draw_target", "snap", "history", "shake", "appearance", "panels", "full_screen", *_DRAWN}
# What they are called in the tool bar, after the word "View:".
IN_TOOL_BAR = {"scaled_rays": "scaled", "raw_rays": "raw", "partial_sums": "partial sums"}
_WHICH = ("hide", "solo", "show_all", "|", "output", "residual", "mark_largest_error")
_COPY = ("&Copy network as", ("copy_table", "copy_numpy", "copy_pytorch", "copy_desmos", "copy_latex"))
_BUILD = ("build", "build_steps", "build_back", "build_forward")
_NEURONS = (
    "&Single neurons",
    ("add_neuron", "remove_neuron", "duplicate_neuron", "split_neuron", "|", "revive_neurons"),
)
_STEPS = ("step_1", "step_10", "step_100")
_RECORDED = (
    "Recor&ded run",
    (
        *("moment_first", "moment_back", "moment_forward", "moment_last", "|", "replay", "replay_back", "|"),
        *("train_from_here", "|", "keep_moment", "keep_run", "drop_ghost"),
    ),
)
_TARGET = ("edit_target", "draw_target", "snap")
_LOCKS = ("lock", "lock_hidden_weights", "lock_hidden_biases", "lock_output_weights", "unlock_all")
_APPEARANCE = ("appearance", "larger_text", "smaller_text", "normal_text")
MENUS: tuple[tuple[str, tuple[str | tuple[str, tuple[str, ...]], ...]], ...] = (
    # a title and what is below it: actions, "|" for a line, or a menu again
    (
        "&Edit",
        (
            "undo",
            "redo",
            "history",
            "|",
            "edit_target",
            "draw_target",
            "snap",
            "|",
            _COPY,
            "copy_picture",
            "paste",
            "paste_data",
        ),
    ),
    ("Net&work", (*_BUILD, "|", _NEURONS, "next_neuron", "previous_neuron", "|", "shake", "try_it", "|", *_LOCKS)),
    (
        "&Training",
        ("play", *_STEPS, "|", "reset", "new_initialization", "|", "faster", "slower", "|", _RECORDED),
    ),
    (
        "&View",
        ("fit", "|", *VIEWS, "sum_back", "sum_forward", "|", *_WHICH, "|", *_APPEARANCE, "|", "panels", "full_screen"),
    ),
    ("&Help", ("shortcuts", "about")),
)
TOOL_BAR = ("open", "save", "|", "undo", "redo", "|", "edit_target", "try_it", "|", "fit", "appearance", "full_screen")
WRITTEN_OUT = {"edit_target"}
# What a narrow tool bar does without, the first first: all of it is on a menu.
SPARED = ("full_screen", "appearance", "fit", "try_it", "redo", "undo")
