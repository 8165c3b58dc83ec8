# Games that count as exercises. Plain words, no hurry, nothing to win or lose.

game-reach = Touch the targets
    .about = Your shoulders move freely, and your body stays upright.
    .how = A ball hangs still in the air. Touch it with the hand that I name. It waits for you.
    .safe = Sit on a firm chair, or stand with a table beside you. Don't lean over: a ball that you can't reach comes back nearer.
game-balloon = The balloon
    .about = Your arms lift and push, and your body stays steady.
    .how = A balloon comes down slowly. Push it up softly before it sinks to your hips.
    .safe = Sit on a firm chair, or stand with a table beside you. Let a balloon go rather than step or jump after it.
game-hurdles = Low hurdles
    .about = Your hips and knees lift your feet safely over a doorstep.
    .how = A bar waits before your foot. Lift the foot, and the bar slides under it. Then put the foot down.
    .safe = Stand behind a firm chair and hold on to its back, or sit on it. Do not play on one leg without something to hold.
game-board = The balance board
    .about = You feel where your weight is, and you can move it.
    .how = Lean slowly to one side until the board is level, and keep it there.
    .safe = Stand with a firm chair before you to hold on to. Both feet stay on the floor.

## What the coach says
cue-game-reach = Touch each ball with the hand that I name. Take your time.
    .caption = Touch the ball
cue-game-balloon = Push the balloon up softly. There is no hurry.
    .caption = Push the balloon up
cue-game-hurdles = Hold on to your chair. Lift your foot, and the bar slides under it.
    .caption = Hold on, lift your foot
cue-game-board = Lean slowly to one side, until the board is level.
    .caption = Make the board level
cue-game-left-hand = Left hand.
    .caption = Left hand
cue-game-right-hand = Right hand.
    .caption = Right hand
cue-game-left-foot = Left foot.
    .caption = Left foot
cue-game-right-foot = Right foot.
    .caption = Right foot
cue-game-lean-left = Lean to the left.
    .caption = Lean left
cue-game-lean-right = Lean to the right.
    .caption = Lean right
cue-game-foot-higher = Lift your foot a little higher.
    .caption = Foot a little higher
cue-game-easier = That is fine. The next one is easier.
    .caption = The next one is easier

## On the screen
game-state-ready = Ready? We begin in a moment
game-state-blind = The game waits for you
game-state-rest = Rest for a moment
game-state-pass-left = Keep your left foot up
game-state-pass-right = Keep your right foot up
game-label-done = Done
game-label-of = of { $tasks }
game-label-waits = Waits for you
game-label-safe = Keep safe
game-button-end = End the game
game-button-again = Play again
game-button-close = Close

## The result
game-result-title = Well done!
game-result-early = Good that you played
game-result-none = Nothing was asked yet, so there is no score.
game-result-done = { $done } of { $asked } done
game-result-left = Left: { $done } of { $asked }
game-result-right = Right: { $done } of { $asked }
game-result-farthest-reach = Highest target: { $value } (90° is shoulder height)
game-result-farthest-ball = Farthest beside you: { $value } of your arm
game-result-farthest-hurdles = Highest bar: { $value } of your leg
game-result-farthest-board = Farthest shift: { $value } of the way to your foot
game-result-why = Where points were lost
game-result-nothing-lost = No points were lost.
game-result-lost = { $reason } – { $points } points
game-result-level = Level { $level }
game-result-seated = sitting
game-result-standing = standing
game-rule-missed = Not done in time
game-rule-lean = Your body leaned over
game-rule-speed = Your hand was fast
game-rule-clipped = Your foot touched the bar
game-rule-tilt = The board tipped again
game-rule-uneven = One side did less than the other
