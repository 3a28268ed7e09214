error-nothing-changed = Nothing was changed.
error-internal = I could not save that. It is not your fault, and nothing was changed. Try again in a few minutes. If it happens again, give the organizers this reference: { $reference }.
error-not-allowed =
    { $role ->
        [organizer] Only organizers can use this command. Ask one of them to do it.
        [editor] Only editors can use this command. Ask one of them to do it.
       *[steward] Only stewards can use this command. Ask one of them to do it.
    }
error-not-found = I cannot find { $id } here. Check the number at the bottom of the card.
error-no-collective = This room belongs to no collective that I know. Write to me in a room of your collective.
error-workshop-over = Workshop { $id } is over or cancelled. It takes no more answers or changes. Type "!workshop show" to see the next ones.
error-poll-closed = Poll { $id } is closed. The vote you gave, if there is one, still counts. Type "!poll show { $id }" to see the result.
error-no-key = This bot cannot hold a confidential vote yet: the steward must give it a key first ("master_key_file"). Choose another level.
error-vote-in-private = The vote in { $id } is confidential, and this room reads you: your vote was not counted. Delete your message and vote by writing to me in private.
error-poll-not-open = Poll { $id } is not open yet. It opens { $when }.
error-ballots-not-shown = The ballots of { $id } are not published: they could tell who voted what. Its totals are: "!poll result { $id }".
error-too-many-ballots = { $id } has too many ballots for a conversation ({ $most } at most). A steward can write them to a file with "cercles export poll".
error-receipts-level = Receipts are for confidential votes. Add the confidential level, or leave the receipts out. Nothing was created.
error-receipts-telling = With { $options } options nearly all of these ballots would differ: published one by one, they would tell who filled them in. Keep { $most } options at most, or leave the receipts out. Nothing was created.
error-poll-still-open = Poll { $id } is still open. Close it first: "!poll close { $id }".
error-not-later = Poll { $id } closes { $when } already. Give a later date.
error-not-eligible = Poll { $id } is for people who took part before it opened.
error-no-reason = An objection to { $id } needs a reason. Type: "!vote { $id } objection because…".
error-room-counts =
    { $expected ->
        [3] Give a number per answer, for example "for 12, against 3".
       *[other] Give a number per letter, for example "a 12, b 9".
    }
error-no-options = A proposal has no options: people answer for, against or abstain. Take the options out, or choose another kind.
error-no-proposals = This kind of poll has no options: none can be proposed. Leave out "proposals", or choose another kind.
error-opens-with-proposals = Voting opens when proposals end. Give "proposals" or "opens", but not both.
error-nothing-proposed = No options are proposed for poll { $id }: they were given when it was created.
error-options-settled = The options of poll { $id } are settled: none can be proposed or added any more. Type "!poll show { $id }" to see it.
error-options-missing = Poll { $id } is not open yet: there are too few options. The organizers are on it.
error-option-stands = The option "{ $option }" is there or proposed already. Propose another one.
error-options-full = Poll { $id } has { $max } options already, and that is the most.
error-proposals-wait = You have { $max } proposals that wait for { $id } already. You can make another one once the organizers have decided.
error-proposal-decided = { $id } cannot be decided any more: it was before.
error-proposals-not-later = Options for { $id } can be proposed until { $when } already. Give a later date that is still to come.
error-opens-after-close = Poll { $id } closes { $when }: proposals must end before. Extend the poll first: "!poll extend { $id }".
error-figure = The number { $figure } does not fit. It goes from { $min } to { $max }.
error-no-cost = The option "{ $option }" has no cost. Write for example "A garden = 500".
error-no-date = I read no date in "{ $option }". Write for example "December 3 7pm".
error-no-budget = Say how large the budget is, for example "number=5000".
error-ballot-not-understood = I do not understand the ballot "{ $typed }" for { $id }. Type "!vote { $id }" to see how to vote. The vote you gave, if there is one, still counts.
error-ballot-twice = Option { $option } stands there twice. Keep it once. The vote you gave, if there is one, still counts.
error-ballot-too-many = You chose { $chosen } options. The most is { $most }. The vote you gave, if there is one, still counts.
error-ballot-score = Option { $option } has the score { $score }. A score goes from { $min } to { $max }. The vote you gave, if there is one, still counts.
error-ballot-over-budget = You gave { $given } points. You have { $budget }. The vote you gave, if there is one, still counts.
error-ballot-over-cap = Option { $option } has { $points } points. The most per option is { $cap }. The vote you gave, if there is one, still counts.
error-ballot-equal-ranks = This election asks for an order without equal ranks, for example "b > a > d". The vote you gave, if there is one, still counts.
error-number = "{ $typed }" is no number for "{ $argument }". Give a number from 0 to { $max }.
error-unknown-option = Poll { $id } has no such option. Choose a letter from a to { $last }. The vote you gave, if there is one, still counts.
error-closes-in-past = A poll must close in the future. Give a date to come, for example "Friday 8pm".
error-pulse-too-long = A pulse check lasts { $days } days at most. Give an earlier end.
error-pulse-over = Pulse check { $id } is over already.
error-answer-count =
    { $found ->
        [0] The answers are missing.
        [one] There is only one answer.
       *[other] There are { $found } answers.
    } A pulse check has from { $min } to { $max }.
error-starts-in-past = A workshop must start in the future. Give a date to come, for example "next Thursday 7pm".
error-ends-before-start = The workshop would end before it starts. Check the times.
error-needed = A workshop cannot do without "{ $argument }". Change it instead.
error-hosts = You name { $hosts } hosts. The most is { $max }.
error-rsvp-until = Answers must close in the future, and at the start of the workshop at the latest.
error-not-known-before = Workshop { $id } is for people who took part before it was announced.
error-publish-at = A draft must be announced in the future, and before its workshop starts.
error-no-draft = { $id } is no draft: it is announced already, or over.
error-unknown-room = I know no public room "{ $typed }" here. Say "here", "discord", "matrix", or the room's identifier.
error-companions =
    { $most ->
        [0] At { $id }, people answer for themselves only.
        [one] To { $id }, you can bring one person.
       *[other] To { $id }, you can bring { $most } people at most.
    }
error-never-fits = { $id } has only { $capacity } seats in all. Come with fewer.
error-seats-short = Not so many seats are free at { $id }: you can have { $seats } at most. You keep what you have.
error-rsvp-closed = Answers to { $id } are closed. If you had a seat, it is still yours. To give it back, type "!coming { $id } no".
error-offer-over = This offer has ended, and the seat goes to the next person. In a moment, "!coming { $id }" will put you at the end of the list.
error-not-yours = Commitment { $id } is not yours. Type "!commitment list" to see your own.
error-in-argument = There is a problem with "{ $argument }".
error-text-empty = The text is empty. Write at least one word.
error-text-too-long = The text has { $length } characters. The most is { $max }. Make it shorter.
error-text-control = The text holds an invisible character ({ $code }). Type it again without copy and paste.
error-option-count =
    { $found ->
        [0] The options are missing.
        [one] There is only one option.
       *[other] There are { $found } options.
    } A poll has { $min } to { $max }.
error-option-twice = The option "{ $option }" stands twice. Keep it once.
error-nothing-to-change = Nothing would change. Say what changes, for example "place=Library".
error-nothing-to-tell = There is nothing to tell since the last digest.
error-unknown-command = I do not know this command.
error-did-you-mean = Did you mean:
error-see-help = Type "!help" to see what you can do.
error-unknown-argument = I do not know "{ $name }" for this command. For example:
error-left-over = I did not understand "{ $rest }". Put texts of several words in quotes. For example:
error-reference = "{ $typed }" is no number for "{ $argument }". A number looks like { $example }.
error-choice = "{ $typed }" is no answer to "{ $argument }". Choose: { $choices }.
error-when = I did not understand "{ $typed }" for "{ $argument }".
when-empty = Write a day and a time, for example "next Thursday 7pm".
when-not-understood = Write a day and a time, for example "next Thursday 7pm" or "2026-12-03 19:30".
when-missing-time = The time is missing for { $date }. For example: "7pm".
when-missing-date = The day is missing. For example: "Thursday 7pm".
when-missing-day = The day of the month is missing.
when-missing-month = The month is missing.
when-missing-year = Add the year to "{ $text }".
when-short-year = Write the year with four digits.
when-hour-unclear = Is that { $hour } in the morning or in the evening? Write for example "7pm".
when-midnight-unclear = Midnight of which day? Write "0:00" for the start of the day.
when-invalid-date = The day "{ $text }" does not exist.
when-invalid-time = The time "{ $text }" does not exist.
when-day-month-unclear = Is that { $first } or { $second }? Write the month in letters.
when-weekday-mismatch = That day ({ $date }) is a { $actual }, not a { $said }.
when-part-of-day-mismatch = { $time } is not at that time of day.
when-nonexistent-time = { $date }, { $time } does not exist: clocks go forward that night.
when-time-twice = That time comes twice, since clocks go back that night: { $first } or { $second }. Add "EDT" or "EST".
when-end-before-start = The end ({ $end }) does not follow the start ({ $start }).
when-in-past = That is past ({ $date }).
when-too-far = That is more than { $years } years away. Check the year.
when-several-dates = I read several days. Give one.
when-several-times = I read several times. Give one, or "7pm to 9pm".
when-unexpected-time = Give only a day, without a time.
when-duration-not-understood = Write a duration, for example "2 h" or "3 days".
when-duration-out-of-range = That duration is zero or too long.
error-consent-needed = I need your agreement first. Type "!accept".
error-not-collecting = I cannot keep anything yet: the person who runs the bot has not finished its set-up (the organization responsible for personal information is missing). You can read everything.
error-bridged = This came over a bridge between two networks, and I cannot know from whom. On Discord, use my commands with "/" or my buttons. On Matrix, write to me from your own account.
error-private-only = Not here: others read this room. Write to me in private, or on Discord use the command with "/".
error-public-room-only = This command acts on the room where it is typed. Type it in a public room of the collective.
error-control-room-only = Not here: the answer would name accounts. Ask in the control room or in private.
error-too-many-tries = Too many codes were tried. Wait an hour, then ask for a new code.
error-own-code = This code was given to this very account. Type it from your other account.
error-already-linked = These two accounts are linked already.
error-not-linked = This account is linked to no other. To link it: "!link".
error-nothing-kept = I keep nothing about you.
error-no-organisation = I know no organization "{ $typed }". Type "!circle organizations" to see their short names.
error-organisation-exists = An organization has the short name "{ $slug }" already. Give another, for example "short-name={ $slug }-2", or edit that one: "!organization edit { $slug }".
error-other-circle = { $id } is for the circle "{ $slug }". Answer from one of its rooms: "!circle show { $slug }".
error-plan-no-lead = An action is to launch, under way or done only if an organization carries it: lead=…
error-plan-backwards = The action would end before it begins.
error-plan-too-long = The action would last more than { $months } months. The plan is revised after two years: give an earlier end, or make two actions of it.
error-carried = Action { $id } needs no lead. To see those that do: "!plan open".
error-represents-none = You represent no organization. Organizers give mandates, by a code: "!mandate take".
error-represents-several = You represent several organizations. Say for which, for example by adding "for" and its short name: { $slugs }
error-no-step = I know no step "{ $typed }". Those of the collective: { $known }
error-no-circle = I know no circle "{ $typed }". Type "!circle show" to see their short names.
error-circle-exists = A circle has the short name "{ $slug }" already. Give another, for example "short-name={ $slug }-2", or edit that one: "!circle edit { $slug }".
error-circle-loop = The circle "{ $slug }" cannot stand in itself, nor in a circle that it holds.
error-circle-deep = More than { $max } circles would stand in each other.
error-eligible-unknown = Nobody counts who is in a circle. For a quorum, or a majority of those eligible, say how many may vote: eligible=…
error-no-slug = "{ $typed }" makes no short name. Give one of letters and digits, for example "short-name=table-quartier".
error-nothing-to-change-of = Say what changes of { $slug }: name or sector. For example: "sector=culture".
error-no-mandate = You do not represent the organization "{ $slug }". The organizers can give you a code; then type it in private: "!mandate take" and the code.
error-has-mandate = You represent the organization "{ $slug }" already. The code stays good for somebody else.
error-no-mandate-of = The account "{ $account }" took no mandate for { $slug }. Type "!mandate show { $slug }" to see who has one.
error-nobody-to-hear = No organization is on the roll. Add some first: "!organization add".
error-voices-confidential = A confidential vote has no tally of organizations: they are too few for their voices to stay secret, and their members must be able to know them. Choose another level, or "voices=persons".
error-no-voices = Poll { $id } does not count organizations. Vote in your own name: "!vote { $id }" and your choice.
error-voices-only = Poll { $id } is for partner organizations. People who represent one vote on its behalf. If you do, ask the organizers for a mandate.
error-joined-later = The organization "{ $slug }" came in after poll { $id } opened. The organizations that have a voice in it were counted then.
error-no-such-code = This is not the code of a workshop that takes place now. Read it again in the room: five letters or digits.
error-not-then = It is too early or too late for that at { $id }, or the workshop is cancelled.
error-unknown-account = Nobody has acted from the account { $account } yet. Count that person among those without an account (guests=…), or give them the code.
error-was-not-there = Only people who were at { $id }, or thought of coming, say what they thought of it. If you were there, type !here followed by the code in the room, or ask the organizers.
error-repeats-draft = { $id } is still a draft. Announce it first: "!workshop publish { $id }".
error-series-rule = Say how often, for example "every=week", or give a rule instead, for example rule="FREQ=WEEKLY;BYDAY=TU,TH". The hour is the workshop's own; a series comes once a day at most.
error-series-empty = That gives no date to come within { $years } years. Check the rule, the number of times and the last day.
error-no-series = { $id } is not part of a series. To make it come again, type "!workshop repeat { $id } week".
error-not-in-series = The series of { $id } has no workshop to come { $day }. To see its dates, type "!workshop series { $id }".
error-series-day = For the whole series only the hour can change this way: keep the day of { $id }. For other days, type "!workshop repeat { $id }".
error-no-date-won = Poll { $id } has no winning date: it must be about dates, closed, with its quorum and at least one yes. To announce a workshop all the same, type "!workshop create".
error-dates-won = What wins in { $id }: { $letters }. Choose one of these letters, for example "!poll workshop { $id } option={ $first }".
error-poll-has-workshop = Poll { $id } has led to a workshop before. To make another, add "again=yes".
error-no-aim = "{ $typed }" is no milestone (J2), no action (P4) and no theme. To see the plan: "!plan".
error-only-counted = Commitment { $id } is only counted: whoever made it shows nothing of it.
error-no-plan = The plan has no milestone to adopt yet. Add one: "!milestone add".
error-not-adopted = The plan is not adopted yet. To adopt it: "!plan adopt".
error-no-version = The plan has no version { $version }.
error-not-that-version = It is version { $version } of the plan that runs. To see what a revision would do now: "!plan revise".
error-no-federation = No collective stands in this one: it is no federation. Stewards can attach some in the configuration.
error-ended = { $id } ended with version { $version } of the plan. To read it again: "!plan version={ $version }".
error-not-open = Commitment { $id } is kept or withdrawn already.
error-no-hand = Nobody asks for a hand with commitment { $id }. Those who wait: "!commitment overview".
error-unreached = My private messages do not reach the person who holds commitment { $id } just now. Nothing was sent; try again in a few days.
error-always-public = A commitment by an organization is public: its name and sentence are shown. Leave “visible” out, or make the commitment in your own name.
error-nothing-left = Commitment { $id } is over: there is nothing left to pass on.
error-yours-already = Commitment { $id } is yours already.
error-nothing-to-confirm = No commitment is waiting to be confirmed: it may be confirmed already, or a quarter of an hour went by. To see yours: "!commitment list".
error-waits-for-others = Commitment { $id } is waiting for others to join the pledge. To do it anyway: "!commitment join { $id } if 0".
error-pledge-needs-day = “If” others commit, but until when can they say so? Add a date, for example "by=2027-06-01".
error-pledge-day = That date does not work: it must be to come, later than the one before, and a pledge stays open { $days } days at most.
error-too-many-others = That is too many: { $max } others at most.
error-no-pledge = { $id } is no pledge. To see the open pledges: "!commitment pledges".
error-pledge-closed = Pledge { $id } is closed: nobody can join any more.
error-active-already = Commitment { $id } counts already: enough others commit.
