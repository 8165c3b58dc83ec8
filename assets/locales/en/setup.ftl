# Getting ready: what is looked at before an exercise, and choosing by hand.

setup-title = Let's see if I can see you
setup-ready = I can see you well. Stay there: we begin.
setup-not-ready = Nearly there
setup-checks = What I look at
setup-check-seen = I see you
setup-check-distance = Distance
setup-check-head = Room above your head
setup-check-feet = Body down to where I need it
setup-check-sides = Room to the left and right
setup-check-turn = Facing the right way
setup-check-joints = Nothing hidden
setup-check-light = Light
setup-check-alone = Only you in the picture
setup-check-camera = Camera straight
setup-state-ok = good
setup-state-not = to change
setup-state-unknown = not known yet
setup-optional = This would help, but you can begin without it.
setup-hidden = I can't see your { $joint }
setup-begin-anyway = Begin anyway

gesture-right-hand = Raise your right hand for 2 seconds
gesture-left-hand = Raise your left hand for 2 seconds
gesture-moving = In this exercise, hold one hand above your head for 4 seconds, quite still
gesture-off = In this exercise your hands are busy: use the keyboard or the mouse
gesture-holding = Hold it…
gesture-chosen = Done, lower your hand
