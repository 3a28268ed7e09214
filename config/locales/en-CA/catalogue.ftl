catalogue-title = Ideas for commitments
catalogue-title-of = Ideas for commitments: { $circle }
catalogue-none = The catalogue is still empty here. Say your commitment your way: "!commitment take", then a sentence that starts with "I".
catalogue-more =
    { $count ->
        [one] And { $count } more idea: name a circle to find it.
       *[other] And { $count } more ideas: name a circle to find them.
    }
catalogue-how = To make one your commitment: a button, or "!catalogue take C1". With a date: "!catalogue take C1 by=2027-06-01". You can change the sentence afterwards.
catalogue-take = Take { $id }
catalogue-added = { $id } is in the catalogue.
catalogue-edited = { $id } is changed. Commitments already taken stay as they are.
catalogue-retired = { $id } is no longer in the catalogue. Commitments already taken stay as they are.
