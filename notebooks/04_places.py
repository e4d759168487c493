# %% [markdown]
# # The places
#
# *The Revolution will be Improvised Part II* (Leadership Centre, November 2015) tells how some
# forty
# places tried to change whole systems. For eleven of them, and for the hurdles they share, there is
# enough in it to reconstruct a map. **The report prints none**: every map here is ours, and every
# link says how well the report's words support it.

# %%
import pandas as pd

import loopmap as lm

lm.examples().drop(columns="title")

# %% [markdown]
# ## Where they lie
#
# Each place by its longitude and latitude, with the report's number. Colour and shape say which
# programme a sentence of the report names it in; for most it says nothing. **Click on a place
# with a
# second line round it**, and you come to its map below.

# %%
lm.draw_places()

# %% [markdown]
# The table behind it says for every place what the report does and does not tell, and why most have
# no map: a chain is not a loop.

# %%
table = lm.places()
told = table[table.told != "aim line only"]
told[["number", "name", "programme", "example", "why_no_example"]].head(20)

# %% [markdown]
# ## mash
#
# Two thirds of the story is how blame keeps itself going; the rest is about when to step in. **No
# loop closes on what the report states**: at least one link of each is inferred.

# %%
lm.draw(lm.example("mash"))

# %% [markdown]
# ## plymouth
#
# A busy day leaves time for symptoms only. The way out, room to think, is the same circle run the
# other way.

# %%
lm.draw(lm.example("plymouth"))

# %% [markdown]
# ## calderdale
#
# Girls were trained to ask other girls what keeps them from sport. Those who ask own the answer.

# %%
lm.draw(lm.example("calderdale"))

# %% [markdown]
# ## cheshire_west
#
# Isolated people are not at the table where it is decided what is done about isolation.

# %%
lm.draw(lm.example("cheshire_west"))

# %% [markdown]
# ## dudley
#
# Two loops that share one variable: relief makes room for what brings relief.

# %%
lm.draw(lm.example("dudley"))

# %% [markdown]
# ## food
#
# Two places, one food bank, and the only map here whose loops all pull back.

# %%
lm.draw(lm.example("food"))

# %% [markdown]
# ## gloucestershire
#
# Ownership, or one more imposed solution.

# %%
lm.draw(lm.example("gloucestershire"))

# %% [markdown]
# ## hurdles
#
# No place of its own: what many places stumbled over. One loop stands on the report's words
# alone, *Just another programme*.

# %%
lm.draw(lm.example("hurdles"))

# %% [markdown]
# ## kent
#
# Trust moves the work, and the work moves trust.

# %%
lm.draw(lm.example("kent"))

# %% [markdown]
# ## solihull
#
# One loop, and a new way of looking at it as the way out.

# %%
lm.draw(lm.example("solihull"))

# %% [markdown]
# ## torbay
#
# Somebody who lives with dementia is believed about dementia.

# %%
lm.draw(lm.example("torbay"))

# %% [markdown]
# ## wiltshire
#
# Relationships carry the work, and the pressure of the work wears them.

# %%
lm.draw(lm.example("wiltshire"))

# %% [markdown]
# ## What is inferred
#
# How far does each map hang on links that nobody stated? A loop is only as firm as its weakest
# link.

# %%
pd.DataFrame(
    [
        {
            "name": name,
            "loops": len(loops),
            "on stated links alone": sum(
                all(link.evidence == "stated" for link in loop.links) for loop in loops
            ),
            "with one inferred link": sum(
                sum(link.evidence == "inferred" for link in loop.links) == 1 for loop in loops
            ),
        }
        for name in lm.examples().name
        for loops in [lm.find_loops(lm.example(name))]
    ]
)
