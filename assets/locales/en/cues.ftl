# What the coach says. One line each: the recordings are made from these lines (sounds/make_sounds.sh).

cue-cannot-see-you = I can't see you. Please step into the picture.
cue-good = Very good!
cue-show-arms = Step back a little, so I can see your arms.
cue-show-legs = Step back a little, so I can see your legs.
cue-slower = A little slower.
cue-body-upright = Keep your body upright.

cue-squat-deeper = Sit a little deeper.
cue-stand-tall = Stand up all the way.
cue-knees-out = Keep your knees over your feet.
cue-chest-up = Lift your chest.
cue-even-weight = Put the same weight on both legs.

cue-raise-higher = Raise your arm a little higher.
cue-lower-fully = Lower your arm all the way.
cue-straighten-elbow = Straighten your elbow.
cue-shoulder-down = Let your shoulder sink.
cue-arm-to-side = Bring your arm out to the side.
cue-arms-even = Raise both arms to the same height.

say-paused = Paused.
say-resumed = Let's go on.
say-finished = Well done, that's it.
