commitment-taken = Your commitment { $id } is saved:
commitment-corrected = Your commitment { $id } is corrected:
commitment-due = To be kept by { $when }.
commitment-private = Others see only how many commitments there are, never your name or your sentence.
commitment-checkin-done = Done
commitment-checkin-under-way = Under way
commitment-footer = { $id } · To check in, type: !checkin { $id } done (or: !checkin { $id } under-way)
commitment-is-kept = Well done! Commitment { $id } is kept:
commitment-is-under-way = Noted: commitment { $id } is under way.
commitment-none = You have not taken a commitment yet. To take one, type: !commitment "I …"
commitment-how-to-check-in = To check in, type: !checkin, the number, and "done" or "under-way".
commitment-list-title = Your commitments
commitment-line = { $id } · { $sentence } ({ $state })
commitment-state-proposed = waits for others
commitment-state-confirmed = taken
commitment-state-under-way = under way
commitment-state-kept = kept
commitment-about = Toward: { $about }
commitment-postponed = Your commitment { $id } is put off:
commitment-withdrawn = Noted: commitment { $id } is withdrawn. Thank you for saying so; it makes room for something else.
commitment-state-postponed = put off
commitment-state-withdrawn = withdrawn
commitment-confirm-title = Your commitment, before it is saved
commitment-confirm = Confirm
commitment-reword = Reword it
commitment-confirm-how = Nothing is saved yet. To confirm, type: !commitment confirm
commitment-public = Everybody sees “{ $name }” and this sentence.
commitment-taken-over = Commitment { $id } is yours now, thank you! Others see only that there is one, unless you choose “visible”.
commitment-one-title = Commitment { $id } ({ $state })
commitment-offered-title = Pass { $id } on
commitment-offered-how = Give this code to whoever takes your commitment over. They write it to the bot in private (on Discord, “/commitment take-over” with this code). They will read your sentence, but not your name:
commitment-offered-careful = The code is good for { $days } days, once. Until then, the commitment stays yours. A new code replaces this one.
commitment-code-wrong = This code is wrong, or no longer good. Ask whoever passes the commitment on for another.
commitment-hidden = Done. The name and sentence of { $id } are no longer shown; the commitment stays with whoever made it.
commitment-line-named = { $id } · { $name }: { $sentence } ({ $state })
commitment-others = And { $count } other commitments by people.
commitment-others-few = And a few other commitments by people (fewer than five).
commitment-others-kept = And { $count } other commitments by people, of which { $kept } were kept.
commitment-state-handed-over = taken over
commitment-terms =
    If { $others ->
        [1] one other commits too
       *[other] { $others } others commit too
    }, by { $when }. The sentence will be shown in the rooms as a pledge, without your name; everybody can join.
