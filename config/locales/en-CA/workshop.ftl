workshop-card-title = Workshop: { $title }
workshop-when = When
workshop-where = Where
workshop-audience = Who it is for
workshop-cost = Cost
workshop-free = free
workshop-access = Access
workshop-access-unknown = not said; ask the organizers
workshop-transit = Getting there
workshop-spoken = Language
workshop-spoken-french = French
workshop-spoken-english = English
workshop-spoken-bilingual = French and English
workshop-hosts = Held by
workshop-themes = Themes
workshop-step = Step
workshop-type = Type
workshop-retired = retired term ({ $slug })
workshop-mode-in-person = In person
workshop-mode-online = Online
workshop-mode-hybrid = In person or online
workshop-place-online = { $place } (online)
workshop-place-hybrid = { $place }, or online
workshop-is-cancelled = This workshop is cancelled.
workshop-is-held = This workshop took place.
workshop-roster = Going: { $yes } · Maybe: { $maybe } · No: { $no }
workshop-seats = Seats: { $gone } of { $capacity }
workshop-seats-waiting = Seats: { $gone } of { $capacity } · Waiting: { $waiting }
workshop-people = People expected: { $people }
workshop-full = It is full. "Going" puts you on the waitlist.
workshop-line-full = {" (full)"}
workshop-companions =
    { $most ->
        [one] You can bring one person: !coming { $id } +1
       *[other] You can bring up to { $most } people: !coming { $id } +{ $most }
    }
workshop-known-before = For people who took part before this was announced.
workshop-circle = For the circle "{ $circle }": answer from one of its rooms.
workshop-rsvp-until = Answers close
workshop-rsvp-closed = Answers are closed.
workshop-answer-yes = Going
workshop-answer-maybe = Maybe
workshop-answer-no = No
workshop-footer = { $id } · To answer, type: !coming { $id } (or: !coming { $id } no)
workshop-footer-closed = { $id } · To give your seat back, type: !coming { $id } no
workshop-footer-over = { $id } · Next workshops: !workshop show
workshop-line = { $id } · { $title }, { $when }{ $full }
workshop-none = No workshop is announced at the moment.
workshop-list-title = Next workshops
workshop-list-line = { $id } · { $title }, { $when }{ $place }{ $seats }
workshop-list-place = {" · "}{ $place }
workshop-left-many = {" · "}more than { $few } seats left
workshop-left =
    { $seats ->
        [0] {" · "}full
        [one] {" · "}{ $seats } seat left
       *[other] {" · "}{ $seats } seats left
    }
workshop-list-more = And { $more } more: !workshop show
workshop-list-footer = To answer, type !coming and the number. For example: !coming { $id }
workshop-list-ended = This list is not kept here any more. To see the workshops, type: !workshop show
workshop-list-pinned = The list of workshops to come is pinned in this room and keeps itself up to date. To take it away, type: !workshop pin no
workshop-list-unpinned = The list of workshops to come is not kept in this room any more.
workshop-event-answer = To answer, type: !coming { $id }
workshop-event-answer-card = To answer, type !coming { $id } or open the card:
workshop-cancellation-title = Workshop cancelled: { $title }
workshop-cancellation = The workshop planned for { $when } will not take place.
workshop-announced = Workshop { $id } is announced: { $title }, { $when }. To correct it, type: !workshop edit { $id }
workshop-edited = Workshop { $id } is changed everywhere: { $title }, { $when }.
workshop-cancelled = Workshop { $id } is cancelled everywhere: { $title }, { $when }.
workshop-answered-yes = Noted: you are coming to { $id }, { $title }, { $when }. You can change your mind.
workshop-answered-maybe = Noted: you may come to { $id }, { $title }, { $when }. You can change your mind.
workshop-answered-no = Noted: you are not coming to { $id }, { $title }, { $when }. You can change your mind.
workshop-answer-waiting = Waiting
workshop-answer-offered = Seat offered
workshop-party =
    { $seats ->
        [one] { $seats } seat
       *[other] { $seats } seats
    }
workshop-answered-party = Noted: { $seats } seats for you at { $id }, { $title }, { $when }. You can change your mind.
workshop-answered-waiting =
    { $id }, { $title }, is full. You wait for { $seats ->
        [one] one seat
       *[other] { $seats } seats
    }: your place on the list is { $rank }. When it is your turn, I will write to you in private. To leave the list, type: !coming { $id } no
workshop-answered-offered =
    An offer waits for you: { $seats ->
        [one] one seat
       *[other] { $seats } seats
    } at { $id }, { $title }, to be accepted before this time: { $until }. To accept, type: !coming { $id }
workshop-waiting-party = A smaller party may pass yours when fewer seats are left. To come without the others, type: !coming { $id } +0
workshop-place-none = You have not answered { $id }, { $title }. To come, type: !coming { $id }
workshop-leave-line = Leave the list
workshop-come-with =
    { $companions ->
        [0] Nobody else
        [one] With { $companions } person
       *[other] With { $companions } people
    }
workshop-offer-title =
    { $seats ->
        [one] A seat for you: { $title }
       *[other] { $seats } seats for you: { $title }
    }
workshop-offer-until = To be accepted before
workshop-offer =
    { $seats ->
        [one] A seat became free, and it is your turn. I keep it for you until then; afterwards it goes to the next person.
       *[other] Seats became free, and it is your turn. I keep them for you until then; afterwards they go to the next people.
    }
workshop-offer-footer = { $id } · To accept, type: !coming { $id } · To decline: !coming { $id } no
workshop-accept = I accept
workshop-decline = I decline
workshop-offer-accepted = You accepted: see you there.
workshop-offer-declined = You declined. The seat goes to the next person.
workshop-offer-expired = This offer has ended.
workshop-offer-withdrawn = This offer no longer holds.
workshop-offer-passed-title = Offer ended: { $title }
workshop-offer-passed = You did not answer in time. The seat goes to the next person, and you are no longer on the list. To wait again, at the end of the list, type: !coming { $id }
workshop-fill-half = { $id }, { $title }: half of the seats are taken ({ $gone } of { $capacity }).
workshop-fill-most = { $id }, { $title }: few seats are left ({ $gone } of { $capacity }).
workshop-fill-full = { $id }, { $title }: it is full ({ $gone } of { $capacity }). Waiting: { $waiting }. To add seats: !workshop edit { $id } capacity=…
workshop-unreached = A seat at { $id }, { $title }, is offered to the person whose turn it is, but my private messages do not reach them. If you wait for a seat, see where you stand: !workshop my-place { $id }
workshop-my-place = Where I stand
workshop-here = here
workshop-preview-title = Draft { $id }: { $title }
workshop-preview-heading =
    { $network ->
        [discord] On Discord
        [matrix] On Matrix
       *[other] Here
    }, { $language ->
        [en-CA] in English
       *[other] in French
    }, { $rooms ->
        [one] { $rooms } room
       *[other] { $rooms } rooms
    }
workshop-preview-buttons = Buttons: { $acts }
workshop-preview-reactions = Reactions: { $acts }
workshop-preview-footer = { $id } · To announce it, type: !workshop publish { $id } (or: !workshop publish { $id } Monday 9am) · To correct it: !workshop edit { $id }
workshop-publish = Announce now
workshop-discard = Discard
workshop-draft-waits = Nobody else sees it. This is what rooms will see.
workshop-draft-scheduled = It will be announced at this time: { $at }. Until then nobody else sees it.
workshop-draft-kept = Draft { $id } is kept. This room reads you: I send you the preview in private.
workshop-discarded = Draft { $id }, { $title }, is discarded.
workshop-change-title = Change: { $title }
workshop-before = Before
workshop-place-unknown = to be told
workshop-attendees = Here is who answered { $id }, as CSV. These identifiers are for organizers only.
agenda-name = Workshops: { $name }
agenda-of-circle = { $circle }, { $collective }
agenda-field = { $name }: { $value }
agenda-answer = To answer, in the room: { $id }
agenda-add = Add to my calendar
agenda-one = Workshop { $id }, for your calendar. If it changes or is cancelled, the entry follows.
agenda-all = The workshops of { $name }, for your calendar. Subscribe to this address: changes follow by themselves.
workshop-conflict =
    Mind: at the same time as { $id }, { $title }, { $when }: { $what ->
        [place] same place
        [hosts] same hosts ({ $hosts })
       *[both] same place, same hosts ({ $hosts })
    }
workshop-attendance = Attendance: { $people }
workshop-attendance-guests = Attendance: { $people }, { $guests } of them without an account here
workshop-checked-in = Noted: you are at { $id }, { $title }. Thank you for being here!
workshop-attended-title = Attendance: { $title }
workshop-attended = Confirmed here: { $here } · Without an account: { $guests } · In all: { $people }
workshop-code = Code to show in the room:
workshop-code-how = Everybody types it themselves: !here { $code }. It is good from two hours before the start to twelve hours after the end.
workshop-attended-how = { $id } · People without an account: !workshop attendance { $id } guests=12 · One person: !workshop attendance { $id } person=… (and was-there=no to correct)
workshop-thanks-title = Thank you for coming to: { $title }
workshop-thanks-how = { $id } · In writing: !feedback { $id } yes (or partly, or no) · To commit: !commitment
workshop-commit = Take a commitment
workshop-next = The next one: { $next }
workshop-next-yes = I am coming to the next one
feedback-question = One question only: was this workshop useful to you?
feedback-yes = Useful
feedback-partly = Partly
feedback-no = Not useful
feedback-noted = Noted, thank you. The organizers of { $id }, { $title }, see totals only. You can change your mind.
feedback-counts = Useful: { $yes } · Partly: { $partly } · Not useful: { $no }
workshop-report = Report
workshop-report-title = Report: { $title }
workshop-report-footer = { $id } · { $when } · To read it again: !workshop show { $id }
workshop-report-kept = The report of { $id }, { $title }, is in the rooms. To correct it, write it again: it changes everywhere.
workshop-report-asked-title = Report to write: { $title }
workshop-report-asked = Workshop { $id } took place { $when }. People who could not come would like to know what was said there.
workshop-report-how = { $id } · To write it, type: !workshop report { $id } followed by your text
workshop-report-write = Write the report
workshop-report-done = The report of { $id }, { $title }, is published.
workshop-series = Series
series-and = and
series-weeks =
    { $every ->
        [one] every { $days }
       *[other] every { $every } weeks on { $days }
    }
series-months =
    { $every ->
        [one] the { $nth ->
            [1] first
            [2] second
            [3] third
            [4] fourth
           *[other] last
        } { $day } of every month
       *[other] every { $every } months, the { $nth ->
            [1] first
            [2] second
            [3] third
            [4] fourth
           *[other] last
        } { $day }
    }
series-other = by the rule { $rule }
series-rhythm = { $often } at { $time }
series-title = Series of { $id }: { $title }
series-line =
    { $state ->
        [announced] { $when }: { $id }, announced
        [cancelled] { $when }: { $id }, cancelled
        [skipped] { $when }: skipped
       *[planned] { $when }
    }
series-last = Last date: { $when }. Each workshop is announced when the one before is over, or three days ahead.
series-over = This series has ended. To resume it, say again how often it comes.
series-footer = { $id } · To skip a date, type: !workshop skip { $id } December 22 · To change how often: !workshop repeat { $id } two weeks · To change them all: !workshop edit { $id } scope=all
series-ends = The series of { $title } has ended: { $id } was the last. To resume it, type: !workshop repeat { $id } week
series-edited =
    { $count ->
        [0] No announced workshop changes
        [one] { $count } announced workshop is edited everywhere
       *[other] { $count } announced workshops are edited everywhere
    }, from { $id }, { $title }, on. Those to come will be the same.
series-cancelled =
    The series of { $id }, { $title }, has ended. { $count ->
        [0] No announced workshop was left to cancel.
        [one] { $count } announced workshop is cancelled everywhere.
       *[other] { $count } announced workshops are cancelled everywhere.
    }
workshop-date = Date
workshop-dated-by = chosen by poll { $id }
