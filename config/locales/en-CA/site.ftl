# A collective’s public pages.
site-lead = Here we move together toward a just transition. This is what is being prepared, decided and done.
site-home = Home
site-workshops = Workshops
site-polls = Polls
site-plan = Plan
site-digests = Digests
site-circles = Circles
site-privacy = Your information
site-sections = Pages of this site
site-skip = Skip to content
site-steps = Where the process stands
site-step-here = current step
site-coming = Coming up
site-coming-none = No workshop is announced for now.
site-past = Past workshops
site-past-none = No workshop has taken place yet.
site-open = Being decided
site-open-none = No poll is open for now.
site-decided = Decided
site-decided-none = Nothing has been decided by poll yet.
site-latest = The latest digest
site-digests-none = The first digest has not come out yet.
site-editions = Editions
site-all-workshops = All workshops
site-all-polls = All polls
site-all-digests = All digests
site-whole-plan = The whole plan
site-plan-progress =
    { $all ->
        [one] { $moving } of { $all } milestone has at least one action launched.
       *[other] { $moving ->
            [one] { $moving } of { $all } milestones has at least one action launched.
           *[other] { $moving } of { $all } milestones have at least one action launched.
        }
    }
site-progress =
    { $done ->
        [one] { $done } action done, of { $all }
       *[other] { $done } actions done, of { $all }
    }
site-by-year = by { $year }
site-no-actions = No action leads to it yet.
site-to-carry = Actions to be carried
site-to-carry-how = An organization can take one on. Talk to the coordination team.
site-to-carry-none = An organization carries every action of the plan.
site-commitments = Commitments
site-commitments-none = No commitment has been taken yet.
site-take-part = How to take part
site-take-part-how = Everything happens in the collective’s Discord and Matrix rooms. Type one of these commands there:
site-take-part-discord = On Discord, type “/” in place of “!”.
site-calendar = Add to my calendar
site-calendar-all = Subscribe to all workshops (calendar)
site-feed = Follow the digests (Atom)
site-feed-workshops = Follow the workshops (Atom)
site-for-circle = for the circle “{ $circle }”
site-has-report = report
site-called-off = Cancelled
site-full = Full
site-poll-closes = Closes { $when }
site-poll-opens = Opens { $when }
site-poll-closed = Closed { $when }
site-quiet = These pages follow nobody: no cookies, no audience measurement, nothing from elsewhere.
site-choose = Collectives
site-no-privacy = Nobody has been named as responsible yet. Until then the bot keeps nothing about anybody.
