# What the coach says. One line each: the recordings are made from these lines (sounds/make_sounds.sh).
# `.caption` is the same in a few words, for the screen: to be read at a glance from 3 m away.

cue-cannot-see-you = I can't see you. Please step into the picture.
    .caption = Step into the picture
cue-good = Very good!
    .caption = Very good!
cue-show-arms = Step back a little, so I can see your arms.
    .caption = Step back: show your arms
cue-show-legs = Step back a little, so I can see your legs.
    .caption = Step back: show your legs
cue-slower = A little slower.
    .caption = Slower
cue-body-upright = Keep your body upright.
    .caption = Body upright

cue-squat-deeper = Sit a little deeper.
    .caption = Sit deeper
cue-stand-tall = Stand up all the way.
    .caption = Stand up fully
cue-knees-out = Keep your knees over your feet.
    .caption = Knees over feet
cue-chest-up = Lift your chest.
    .caption = Chest up
cue-even-weight = Put the same weight on both legs.
    .caption = Weight on both legs

cue-raise-higher = Raise your arm a little higher.
    .caption = Higher
cue-lower-fully = Lower your arm all the way.
    .caption = All the way down
cue-straighten-elbow = Straighten your elbow.
    .caption = Elbow straight
cue-shoulder-down = Let your shoulder sink.
    .caption = Shoulder down
cue-arm-to-side = Bring your arm out to the side.
    .caption = Arm to the side
cue-arms-even = Raise both arms to the same height.
    .caption = Both arms level

# Seeing enough
cue-show-upper-body = Move so that I can see you from your head to your hips.
    .caption = Show head to hips
cue-show-whole-body = Step back a little, so I can see you from head to toe.
    .caption = Step back: show all of you

# Neck and head
cue-turn-further = Turn a little further, if it feels easy.
    .caption = Turn further
cue-bend-further = Bend a little further, if it feels easy.
    .caption = Bend further
cue-back-to-middle = Come all the way back to the middle.
    .caption = Back to the middle
cue-shoulders-still = Keep your shoulders facing forward.
    .caption = Shoulders face forward
cue-head-level = Keep your head level.
    .caption = Head level
cue-chin-level = Keep your chin level.
    .caption = Chin level
cue-chin-to-chest = Bring your chin a little closer to your chest.
    .caption = Chin to chest
cue-chin-back = Slide your chin straight back.
    .caption = Chin straight back
cue-let-go-fully = Let go all the way before the next one.
    .caption = Let go fully
cue-head-up = Lift your head all the way up.
    .caption = Head up
cue-face-forward = Look straight ahead.
    .caption = Look ahead
cue-head-with-spine = Keep your head in line with your back.
    .caption = Head in line with back

# Shoulders and arms
cue-ribs-down = Don't arch your back. Let your ribs sink.
    .caption = Ribs down
cue-elbows-bent = Keep your elbows bent.
    .caption = Elbows bent
cue-hands-up = Keep your hands above your elbows.
    .caption = Hands above elbows
cue-arms-wider = Open your arms wider, like a Y.
    .caption = Arms wider: Y
cue-bend-elbow-more = Bring your hand closer to your shoulder.
    .caption = Hand to shoulder
cue-elbow-at-side = Keep your elbow at your side.
    .caption = Elbow at your side
cue-lift-shoulders = Lift your shoulders a little higher.
    .caption = Shoulders higher
cue-arms-hang = Let your arms hang straight.
    .caption = Arms hang
cue-arms-back-further = Move your arms a little further back.
    .caption = Arms further back
cue-shoulders-loose = Keep your shoulders loose and low.
    .caption = Shoulders loose

# Back
cue-sit-tall = Sit tall.
    .caption = Sit tall
cue-bend-straight-sideways = Bend straight to the side.
    .caption = Straight to the side
cue-chest-leads = Turn with your chest, not only your head.
    .caption = Turn with your chest
cue-lean-back-further = Lean back a little further, if it feels easy.
    .caption = Lean back further
cue-knees-straight = Keep your knees straight.
    .caption = Knees straight

# Steps and holding
cue-step-wider = Take a wider step.
    .caption = Wider step
cue-hold-longer = Hold it a little longer.
    .caption = Hold longer

# Legs and hips, standing or seated
cue-not-so-deep = Not quite so deep.
    .caption = Not so deep
cue-hinge-deeper = Bow a little further from your hips.
    .caption = Bow further
cue-hinge-hips = Bend at your hips, not at your knees.
    .caption = Hips, not knees
cue-hips-back = Push your hips further back.
    .caption = Hips back
cue-knee-straight = Straighten your knee.
    .caption = Knee straight
cue-bend-knee-more = Bring your heel a little closer to your seat.
    .caption = Heel closer to seat
cue-knees-side-by-side = Keep your knees side by side.
    .caption = Knees side by side
cue-knee-higher = Lift your knee a little higher.
    .caption = Knee higher
cue-thigh-on-chair = Keep your thigh on the chair.
    .caption = Thigh on the chair
cue-leg-higher = Lift your leg a little higher.
    .caption = Leg higher
cue-leg-to-side = Lift your leg straight out to the side.
    .caption = Leg straight to the side
cue-leg-further-back = Stretch your leg a little further back.
    .caption = Leg further back
cue-lower-leg-fully = Lower your leg all the way.
    .caption = Leg all the way down
cue-foot-to-floor = Bring your foot all the way down to the floor.
    .caption = Foot to the floor
cue-hips-level = Keep both sides of your hips level.
    .caption = Hips level
cue-shift-further = Move your hips a little further over your foot.
    .caption = Hips over your foot
cue-sit-down-fully = Sit down all the way.
    .caption = Sit down fully
cue-arms-crossed = Cross your arms over your chest.
    .caption = Cross your arms
cue-back-on-wall = Keep your back on the wall.
    .caption = Back on the wall
cue-feet-forward = Move your feet a little further from the wall.
    .caption = Feet further out
cue-other-side = Now the other side.
    .caption = Other side

# Feet
cue-heels-higher = Lift your heels a little higher.
    .caption = Heels higher
cue-toes-higher = Pull your toes up a little higher.
    .caption = Toes higher
cue-feet-in-place = Keep your feet in place.
    .caption = Feet in place

# On the floor
cue-hips-higher = Lift your hips a little higher.
    .caption = Hips higher
cue-hips-down = Lower your hips to the floor.
    .caption = Hips down
cue-hips-up = Keep your hips up, in line with your body.
    .caption = Hips up
cue-hips-on-floor = Let your hips rest on the floor.
    .caption = Hips on the floor
cue-feet-closer = Bring your feet closer to your hips.
    .caption = Feet closer
cue-back-on-floor = Keep your lower back on the floor.
    .caption = Lower back down
cue-shoulders-higher = Lift your head and shoulders a little higher.
    .caption = Shoulders higher
cue-chin-off-chest = Leave some room between chin and chest.
    .caption = Chin off your chest
cue-leg-level = Lift your leg only as high as your back.
    .caption = Leg level with back
cue-knee-to-floor = Bring your knee back to the floor.
    .caption = Knee back down
cue-back-level = Keep your back level, like a table.
    .caption = Back level
cue-elbow-under-shoulder = Put your elbow right under your shoulder.
    .caption = Elbow under shoulder
cue-press-higher = Push your chest up a little higher.
    .caption = Chest higher
cue-chest-down = Lower your chest all the way.
    .caption = Chest all the way down
# At the end of a set: always something good.
cue-set-great = That was a great set!
    .caption = Great set!
cue-set-better = You got better as you went on. Well done!
    .caption = Better and better!
cue-set-done = Well done, you finished the set.
    .caption = Set finished
cue-set-tried = Good try. Take a rest, then try again.
    .caption = Good try: rest now

say-paused = Paused.
say-resumed = Let's go on.
say-finished = Well done, that's it.

# Lunges, and the arm that turns.
cue-lower-further = Go down a little further.
    .caption = A little lower
cue-hand-further-down = Bring your hand a little further down.
    .caption = Hand further down
cue-hand-up-fully = Bring your hand all the way up.
    .caption = Hand all the way up
cue-elbow-up = Keep your elbow at shoulder height.
    .caption = Elbow at shoulder height
cue-arm-half-forward = Raise your arm halfway between front and side.
    .caption = Between front and side

# Getting ready: one thing at a time, the most important first.
cue-i-see-you = I can see you well.
    .caption = I can see you
cue-setup-back = Please step back a little.
    .caption = Step back a little
cue-setup-closer = Please come a little closer.
    .caption = Come a little closer
cue-setup-head = I need more room above your head. Please step back a little.
    .caption = Step back: room above you
cue-setup-feet = I can't see your feet. Please step back a little.
    .caption = Step back: show your feet
cue-setup-camera-up = Please tip the camera up a little, so I can see your head.
    .caption = Tip the camera up
cue-setup-camera-down = Please tip the camera down a little, so I can see all of you.
    .caption = Tip the camera down
cue-setup-left = Please move a little to your left.
    .caption = A little to your left
cue-setup-right = Please move a little to your right.
    .caption = A little to your right
cue-setup-middle = Please move to the middle of the picture.
    .caption = To the middle
cue-setup-face = Please turn to face the camera.
    .caption = Face the camera
cue-setup-sideways = Please turn sideways to the camera.
    .caption = Turn sideways
cue-setup-dark = It is too dark here. Please switch on a light.
    .caption = Too dark: more light
cue-setup-backlight = It is very bright behind you. Please close the curtain, or turn the camera away from the window.
    .caption = Too bright behind you
cue-setup-bright = The picture is too bright. Please turn the light away from the camera.
    .caption = Picture too bright
cue-setup-alone = I can see more than one person. Please be alone in the picture.
    .caption = Be alone in the picture
cue-setup-level = The camera leans to one side. Please set it straight.
    .caption = Set the camera straight
cue-setup-camera-lower = The camera looks down steeply. Please put it a little lower.
    .caption = Put the camera lower
cue-setup-camera-higher = The camera looks up steeply. Please put it a little higher.
    .caption = Put the camera higher
say-start = Let's begin!
