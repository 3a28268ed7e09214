data-title = What I keep about you
data-nothing = I keep nothing about you. To read what I would keep and why: "!privacy".
data-accounts = Your accounts
data-record = Your record
data-since = since { $when }
data-consent = agreement given on { $when }
data-withdrawn = agreement withdrawn { $when }
data-language = language chosen: { $language }
data-role = role given by the stewards: { $role } ({ $account })
data-answers = Your answers to workshops
data-attendance = Workshops you were at, and what you thought
data-took-part = took part in { $month } (to be erased: { $until })
data-attended = there
data-feedback = what you thought, { $useful }
data-answer = { $id }: { $text } (to be erased: { $until })
data-ballots = Your votes
data-ballot = { $id }: { $text }
data-sealed = { $id }: sealed ballot; nobody can read it before the close, when it loses every tie to you
data-proposals = Options you proposed
data-proposal =
    { $id }: "{ $text }", { $standing ->
        [waiting] waiting
        [accepted] accepted
        [refused] refused
        [lapsed] nobody decided
       *[withdrawn] withdrawn
    }
data-commitments = Your commitments
data-commitment = { $id }: "{ $text }" (to be erased: { $until })
data-mandates = Organizations that you represent
data-mandate = { $name } ({ $slug }), by the account { $account }, since { $when }
data-reminders-on = private reminders wanted, at the account { $account } (chosen { $when })
data-reminders-off = private reminders declined, from the account { $account } (chosen { $when })
data-reminders-asked = private reminders offered { $when }
data-closed = private messages do not reach the account { $account }, since { $when }
data-reminders = Your private reminders
data-reminded = { $id }: sent { $when }
data-to-be-reminded = { $id }: to be sent
data-journal = What the log says you did
data-act = { $act }, { $when }
data-more =
    { $count ->
        [one] and { $count } more
       *[other] and { $count } more
    }
data-what-next = To take all of it along: "!my-data export". To erase all of it: "!my-data erase".
data-exported = Here is everything that I keep about you, in JSON.
data-erase-title = Erase everything?
data-erase-button = Erase everything
data-how-to-erase = To confirm: the button, or type !my-data erase yes
data-would-go =
    I would erase your record, { $accounts ->
        [one] { $accounts } account
       *[other] { $accounts } accounts
    }, { $answers ->
        [one] { $answers } answer
       *[other] { $answers } answers
    }, { $ballots ->
        [one] { $ballots } vote
       *[other] { $ballots } votes
    }, { $proposals ->
        [one] { $proposals } proposed option
       *[other] { $proposals } proposed options
    }, { $commitments ->
        [one] { $commitments } commitment
       *[other] { $commitments } commitments
    } and { $mandates ->
        [one] { $mandates } mandate
       *[other] { $mandates } mandates
    }. In the log, { $acts ->
        [one] { $acts } act would no longer say who did it
       *[other] { $acts } acts would no longer say who did them
    }. In open polls and workshops to come, your answer would no longer count.
data-gone =
    Done. I erased your record, { $accounts ->
        [one] { $accounts } account
       *[other] { $accounts } accounts
    }, { $answers ->
        [one] { $answers } answer
       *[other] { $answers } answers
    }, { $ballots ->
        [one] { $ballots } vote
       *[other] { $ballots } votes
    }, { $proposals ->
        [one] { $proposals } proposed option
       *[other] { $proposals } proposed options
    }, { $commitments ->
        [one] { $commitments } commitment
       *[other] { $commitments } commitments
    } and { $mandates ->
        [one] { $mandates } mandate
       *[other] { $mandates } mandates
    }. In the log, { $acts ->
        [one] { $acts } act no longer says who did it
       *[other] { $acts } acts no longer say who did them
    }.
data-stays = What remains: totals of what is over, which identify nobody; announced workshops and polls, accepted options, and votes on behalf of an organization, without whose they are; and backups, until they are replaced.
data-cannot = I cannot erase your own messages, nor what Discord and Matrix servers keep.
data-role-gone = Your role was given by the configuration: ask the stewards to take it out, or it comes back together with your identifier.
data-checkin =
    { $id }, last news on { $heard }{ $is-asked ->
        [true] ; last question on { $asked }
       *[other] { "" }
    }{ $is-hand ->
        [true] ; a hand asked for on { $hand }
       *[other] { "" }
    }
data-last-asked = Last private message about a commitment: { $id }, on { $when }
