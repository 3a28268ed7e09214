checkin-title = { $collective }: your commitment { $id }
checkin-hello = Hello! Here is a commitment that you made on { $when }:
checkin-hello-organisation = Hello! Here is a commitment made on { $when } by an organization that you represent:
checkin-due = Due: { $when }
checkin-question =
    How is it going? Reply here with a number, whenever you like.
    1. Done
    2. Under way
    3. I would like a hand
    4. I am changing the date (for example: 4 January 15)
    5. I am passing it on, or withdrawing it
checkin-others = You also hold:
checkin-other = { $id } · { $sentence }
checkin-others-how = For each of them: !checkin { $id } done (or: under-way, hand, new-date, pass-on)
checkin-stop = Every answer helps us plan. To stop these messages: !reminders no
checkin-done = Done
checkin-under-way = Under way
checkin-hand = A hand please
checkin-new-date = New date
checkin-pass-on = Pass on or withdraw
checkin-footer = { $id } · To answer: a number from 1 to 5, or !checkin { $id } under-way
checkin-missing = No news since my question: { $ids }. An answer is welcome whenever you like, for example: !checkin { $first } under-way
checkin-new-date-example = !checkin { $id } new-date January 15
checkin-hand-told = Passed on: the organizers know that a hand would help with commitment { $id }, without your name or your words. Their answer will reach you in private.
checkin-hand-nowhere = Your answer for { $id } is noted. But the organizers have no room in which I could tell them: I have told nobody.
checkin-hand-write = You can write yourself: { $organisation } ({ $officer }), { $email }
checkin-pass-on-how = Noted, and no hard feelings. For somebody else to take over commitment { $id }, hand them the code that I will give you in private; or withdraw it:
checkin-hand-over = I pass it on
checkin-withdraw = I withdraw it
checkin-pass-on-footer = { $id } · Or type: !commitment hand-over { $id }, or !commitment withdraw { $id }
checkin-wanted-title = A hand with { $id }
checkin-wanted = A hand would help with commitment { $id }. I say neither who holds it nor its words; your answer will reach that person in private.
checkin-wanted-public = { $who } would like a hand with commitment { $id }. Your answer will reach in private whoever asked:
checkin-wanted-about = For: { $about }
checkin-wanted-answered = An answer has gone out. You can add another.
checkin-wanted-over = No longer needed: { $id } is kept or withdrawn, or the request has served.
checkin-wanted-answer = Answer
checkin-wanted-how = { $id } · To answer: !commitment help { $id } "Come to workshop A12, we will look together."
checkin-hand-title = The organizers answer you about { $id }
checkin-hand-from = The organizers do not know whom they answer. Whether you write to them is up to you.
checkin-hand-footer = { $id } · To ask for a hand again: !checkin { $id } hand
checkin-hand-lent = Sent, in private, to the person who holds commitment { $id }.
checkin-overview-title = Commitments in progress
checkin-open = Open
checkin-without-news = Of these, without news
checkin-without-news-is = Without news: my question has had no answer for two days. That is no failure, and I do not say whose they are.
checkin-few = fewer than five
checkin-hands = A hand is asked for with: { $ids }. To answer: !commitment help { $first } "…"
