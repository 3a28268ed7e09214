# Pledges: "I will, if others do".
pledge-title = Pledge { $id }: who else will?
pledge-until-open = Everybody says how many others they need (at first: { $others }). As soon as there are enough, their commitment begins. Last day to join: { $when }.
pledge-until-closed = The pledge is over; its last day was { $when }.
pledge-active = Commit: { $active }
pledge-waiting = Wait for others: { $waiting }
pledge-left = Left since: { $left }
pledge-next =
    { $more ->
        [one] One more person
       *[other] { $more } more people
    }, and { $tips ->
        [one] one commitment begins.
       *[other] { $tips } commitments begin.
    }
pledge-join =
    Me too, if { $others ->
        [0] others do or not
        [1] one other does
       *[other] { $others } others do
    }
pledge-join-if = Me too, with my number
pledge-join-anyway = Me too, anyway
pledge-anyway = I do it anyway
pledge-footer-open = { $id } · To join, type: !commitment join { $id } (or, with your number: !commitment join { $id } if 5)
pledge-footer-closed = { $id } · To see the open pledges, type: !commitment pledges
pledge-footer-own = { $id } · To leave, type: !commitment withdraw { $id }
pledge-tipped-title = Pledge { $id } tips
pledge-tipped =
    { $active ->
        [one] There are enough: one commitment begins.
       *[other] There are enough: { $active } commitments begin.
    } Thank you for doing this.
pledge-over-title = Pledge { $id } is over
pledge-over-nobody = Nobody joined, this time. The idea is still there to take up.
pledge-over-all =
    { $active ->
        [one] One commitment is made.
       *[other] { $active } commitments are made, and nobody waits any more.
    }
pledge-over-none =
    { $waiting ->
        [one] One person was ready, if others came. There were not enough.
       *[other] { $waiting } people were ready, if others came. There were not enough.
    }
pledge-over-some =
    { $active ->
        [one] One commitment is made
       *[other] { $active } commitments are made
    }; { $waiting ->
        [one] one person waited for more.
       *[other] { $waiting } people waited for more.
    }
pledge-over-how = If you were waiting: do it anyway (button, or !commitment join { $id } if 0), ask for fewer others (!commitment join { $id } if 3), or let it go without reproach. Whoever opened the pledge, or the coordination, can extend it: !commitment extend { $id } by=2027-06-01
pledge-joined-waits = Noted: your part is { $own }. It begins as soon as { $others ->
        [1] one other commits
       *[other] { $others } others commit
    }; until then, nothing binds you.
pledge-joined-active = Here we go: your commitment { $own } counts.
pledge-extended = Done. Last day of pledge { $id }: { $when }.
pledge-list-title = Open pledges
pledge-none = No pledge is open. To open one, type for example: !commitment "I compost" if 20 by=2027-06-01
pledge-line = { $id } · { $sentence } · commit: { $active }, wait: { $waiting } · last day: { $when }
pledge-list-how = To join, type: !commitment join and the number.
