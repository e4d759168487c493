"""One vocabulary at the public door: what a loop is called wherever it is told."""

#: How a loop is told: what, on objects, in the columns of frames and CSV and the keys of JSON, as
#: an option, and in words. A test holds it.
TOLD = (
    ("label", "`loop.label`", "`label`", '`loops["R1"]`, `highlight="R1"`', "R1"),
    ("name", "`loop.name`", "`name`", '`loops["Blame spiral"]`', "Blame spiral, beside its label"),
    ("kind", "`loop.kind`", "`kind`: `R`, `B`, `U`", '`kind="R"` or `"reinforcing"`',
     "reinforcing, balancing, undetermined"),
    ("number of a kind", "`counts.reinforcing`, `loops.by_kind()`",
     "`reinforcing`, `balancing`, `undetermined`", "", "16 reinforcing, 6 balancing"),
    ("length", "`len(loop)`", "`length`", "`max_length=`", "4 links"),
    ("delay", "`loop.delayed`", "`delayed`", "`delayed=`", "//"),
    ("what it runs through", "`loop.path`", "`path`", "`through=`", "A -> (+) B -> (−) A"),
    ("route of a link", "`link.route`", "`routes`", "", "-> (+ via practice)"),
    ("id", "`loop.id`", "`id`", "`loops[id]`", ""),
    ("sign of a link", "`link.polarity`", "`sign`: `+`, `-`, `?`, `+/-`", '`sign="+"`',
     "+, −, ?, ±; increases, reduces, changes"),
)  # fmt: skip
