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

say-paused = Paused.
say-resumed = Let's go on.
say-finished = Well done, that's it.
