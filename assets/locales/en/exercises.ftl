# Names of the exercises.

exercise-squat = Squat
exercise-deep-squat = Deep squat, arms up
exercise-full-shoulder-abduction = Full side arm raise
exercise-shoulder-abduction = Side arm raise
exercise-unknown = Exercise

# Neck
exercise-neck-rotation = Head turns
exercise-neck-side-bend = Ear to shoulder
exercise-neck-side-stretch = Side neck stretch
exercise-neck-flexion = Chin to chest
exercise-chin-retraction = Chin tuck

# Shoulder and arm
exercise-shoulder-flexion = Front arm raise
exercise-overhead-reach = Overhead reach
exercise-seated-arm-raise = Seated side arm raise
exercise-w-raise = W raise
exercise-y-raise = Y raise
exercise-elbow-flexion = Elbow bend
exercise-shoulder-shrug = Shoulder shrug
exercise-chest-opener = Chest opener

# Back
exercise-trunk-side-bend = Side bend
exercise-seated-side-bend = Seated side bend
exercise-seated-trunk-rotation = Seated trunk turn
exercise-standing-back-extension = Standing back bend
exercise-seated-back-extension = Seated back bend

# Warm-up
exercise-jumping-jack-step = Step-out jack

# Breathing and relaxation
exercise-paced-breathing = Paced breathing
exercise-easy-breathing = Easy breathing
exercise-muscle-relaxation = Muscle relaxation

# Legs and hips
exercise-mini-squat = Mini squat
exercise-wall-sit = Wall sit
exercise-hip-hinge = Hip hinge
exercise-step-up = Step-up
exercise-standing-knee-bend = Standing knee bend
exercise-standing-hip-abduction = Standing side leg raise
exercise-standing-hip-extension = Standing back leg raise
exercise-standing-march = Standing march
exercise-seated-knee-extension = Seated knee extension
exercise-seated-march = Seated march

# Feet
exercise-heel-raise = Heel raise
exercise-toe-raise = Toe raise
exercise-seated-ankle-pump = Seated ankle pump

# Balance
exercise-weight-shift = Weight shift
exercise-tandem-stance = Heel-to-toe stand
exercise-single-leg-stance = One-leg stand

# On the floor
exercise-bridge = Bridge
exercise-supine-leg-raise = Lying leg raise
exercise-curl-up = Curl-up
exercise-bird-dog = Bird dog
exercise-side-bridge = Side bridge
exercise-press-up-back-extension = Press-up, hips down

# Tests
exercise-chair-stand-30s = 30-second chair stand
exercise-five-times-sit-to-stand = Five chair stands
exercise-single-leg-stance-test = One-leg stand test

# What to do in each phase, in the exercise's own words. Seen from 3 m away: short.
phase-neck-rotation-rest = Sit tall. Turn your head when you are ready
phase-neck-rotation-out = Turn your head slowly
phase-neck-rotation-peak = Good! Now turn back
phase-neck-rotation-return = Slowly back to the middle
phase-neck-side-bend-rest = Sit tall. Bring an ear to its shoulder when you are ready
phase-neck-side-bend-out = Slowly bring your ear to your shoulder
phase-neck-side-bend-peak = Good! Now lift your head
phase-neck-side-bend-return = Slowly back to the middle
phase-neck-side-stretch-rest = Sit tall. Bring an ear to its shoulder and stay there
phase-neck-side-stretch-out = Slowly bring your ear to your shoulder
phase-neck-side-stretch-peak = Stay there and breathe calmly
phase-neck-side-stretch-return = Slowly back to the middle
phase-neck-flexion-rest = Sit tall, with your side to the camera
phase-neck-flexion-out = Slowly bring your chin to your chest
phase-neck-flexion-peak = Good! Now lift your head
phase-neck-flexion-return = Slowly lift your head
phase-chin-retraction-rest = Sit tall, with your side to the camera
phase-chin-retraction-out = Slide your chin straight back
phase-chin-retraction-peak = Good! Hold it, then let go
phase-chin-retraction-return = Let your head come forward again
phase-shoulder-flexion-rest = Stand tall, with your side to the camera
phase-shoulder-flexion-out = Raise your arm to the front
phase-shoulder-flexion-peak = Good! Now lower it slowly
phase-shoulder-flexion-return = Lower it slowly
phase-overhead-reach-rest = Arms down. Raise both when you are ready
phase-overhead-reach-out = Raise both arms over your head
phase-overhead-reach-peak = Good! Now lower them slowly
phase-overhead-reach-return = Lower them slowly
phase-seated-arm-raise-rest = Sit tall. Raise your arms when you are ready
phase-seated-arm-raise-out = Raise your arm out to the side
phase-seated-arm-raise-peak = Good! Now lower it slowly
phase-seated-arm-raise-return = Lower it slowly
phase-w-raise-rest = Bend your elbows at your sides
phase-w-raise-out = Open your arms up into a W
phase-w-raise-peak = Good! Now lower them slowly
phase-w-raise-return = Lower them slowly
phase-y-raise-rest = Arms down. Raise both when you are ready
phase-y-raise-out = Raise both arms up and out into a Y
phase-y-raise-peak = Good! Now lower them slowly
phase-y-raise-return = Lower them slowly
phase-elbow-flexion-rest = Stand tall, with your side to the camera
phase-elbow-flexion-out = Bend your elbow
phase-elbow-flexion-peak = Good! Now straighten it slowly
phase-elbow-flexion-return = Straighten it slowly
phase-shoulder-shrug-rest = Let your arms hang
phase-shoulder-shrug-out = Lift both shoulders to your ears
phase-shoulder-shrug-peak = Good! Now let them sink
phase-shoulder-shrug-return = Let them sink slowly
phase-chest-opener-rest = Join your hands behind your back
phase-chest-opener-out = Draw your straight arms back
phase-chest-opener-peak = Stay there and breathe calmly
phase-chest-opener-return = Let your arms come back slowly
phase-trunk-side-bend-rest = Stand tall, feet a little apart
phase-trunk-side-bend-out = Slide one hand down your leg
phase-trunk-side-bend-peak = Good! Now come up
phase-trunk-side-bend-return = Come up slowly
phase-seated-side-bend-rest = Sit tall. Bend to the side when you are ready
phase-seated-side-bend-out = Slide one hand towards the floor
phase-seated-side-bend-peak = Good! Now come up
phase-seated-side-bend-return = Come up slowly
phase-seated-trunk-rotation-rest = Sit tall, arms crossed on your chest
phase-seated-trunk-rotation-out = Turn your chest to one side
phase-seated-trunk-rotation-peak = Good! Now turn back
phase-seated-trunk-rotation-return = Slowly back to the middle
phase-standing-back-extension-rest = Hands on your hips, with your side to the camera
phase-standing-back-extension-out = Lean back over your hands
phase-standing-back-extension-peak = Good! Now come up
phase-standing-back-extension-return = Come up slowly
phase-seated-back-extension-rest = Sit at the front of the chair, with your side to the camera
phase-seated-back-extension-out = Lift your chest and lean back a little
phase-seated-back-extension-peak = Good! Now come up
phase-seated-back-extension-return = Come up slowly
phase-jumping-jack-step-rest = Stand tall. Step out when you are ready
phase-jumping-jack-step-out = Step to the side, both arms up
phase-jumping-jack-step-peak = Good! Now back to the middle
phase-jumping-jack-step-return = Step back, arms down
phase-paced-breathing-rest = Wait a moment
phase-paced-breathing-out = Breathe in
phase-paced-breathing-peak = Hold your breath
phase-paced-breathing-return = Breathe out
phase-easy-breathing-rest = Wait a moment
phase-easy-breathing-out = Breathe in
phase-easy-breathing-peak = Hold your breath
phase-easy-breathing-return = Breathe out
phase-muscle-relaxation-rest = Rest, and feel how loose it is
phase-muscle-relaxation-out = Tense the muscle
phase-muscle-relaxation-peak = Keep it tense, and breathe
phase-muscle-relaxation-return = Let go

# Legs, balance, floor and tests.
phase-mini-squat-rest = Stand tall, a hand on a chair if you like
phase-mini-squat-out = Bend your knees a little
phase-mini-squat-peak = Good! Now stand up
phase-mini-squat-return = Stand up slowly
phase-wall-sit-rest = Stand with your back against a wall
phase-wall-sit-out = Slide down the wall
phase-wall-sit-peak = Stay there and breathe calmly
phase-wall-sit-return = Slide up slowly
phase-hip-hinge-rest = Stand with your side to the camera
phase-hip-hinge-out = Push your hips back and bow
phase-hip-hinge-peak = Good! Now come up
phase-hip-hinge-return = Come up slowly, back long
phase-step-up-rest = Put one foot on the step
phase-step-up-out = Push up until both feet are on it
phase-step-up-peak = Good! Now lower the other foot
phase-step-up-return = Lower it slowly to the floor
phase-standing-knee-bend-rest = Hold a chair, with your side to the camera
phase-standing-knee-bend-out = Bring one heel up behind you
phase-standing-knee-bend-peak = Good! Now lower it slowly
phase-standing-knee-bend-return = Lower it slowly
phase-standing-hip-abduction-rest = Stand tall, a hand on a chair
phase-standing-hip-abduction-out = Lift one leg out to the side
phase-standing-hip-abduction-peak = Good! Now lower it slowly
phase-standing-hip-abduction-return = Lower it slowly
phase-standing-hip-extension-rest = Hold a chair, with your side to the camera
phase-standing-hip-extension-out = Move one straight leg back
phase-standing-hip-extension-peak = Good! Now lower it slowly
phase-standing-hip-extension-return = Bring it back slowly
phase-standing-march-rest = Stand tall. March when you are ready
phase-standing-march-out = Lift your knee to hip height
phase-standing-march-peak = Good! Now the foot down
phase-standing-march-return = Put your foot down
phase-seated-knee-extension-rest = Sit tall, with your side to the camera
phase-seated-knee-extension-out = Straighten one knee
phase-seated-knee-extension-peak = Good! Now lower your foot slowly
phase-seated-knee-extension-return = Lower your foot slowly
phase-seated-march-rest = Sit tall, off the backrest
phase-seated-march-out = Lift one knee
phase-seated-march-peak = Good! Now the foot down
phase-seated-march-return = Put your foot down
phase-heel-raise-rest = Hold a chair, with your side to the camera
phase-heel-raise-out = Rise onto your toes
phase-heel-raise-peak = Good! Now lower your heels
phase-heel-raise-return = Lower your heels slowly
phase-toe-raise-rest = Hold a chair, with your side to the camera
phase-toe-raise-out = Lift the front of your feet
phase-toe-raise-peak = Good! Now lower your toes
phase-toe-raise-return = Lower your toes slowly
phase-seated-ankle-pump-rest = Sit with your side to the camera, heels up
phase-seated-ankle-pump-out = Heels down, toes up
phase-seated-ankle-pump-peak = Good! Now back onto your toes
phase-seated-ankle-pump-return = Heels up again
phase-weight-shift-rest = Stand with your feet apart
phase-weight-shift-out = Move your hips over one foot
phase-weight-shift-peak = Good! Now back to the middle
phase-weight-shift-return = Slowly back to the middle
phase-tandem-stance-rest = Stand beside a chair or wall
phase-tandem-stance-out = Put one foot right in front of the other
phase-tandem-stance-peak = Stay there and look ahead
phase-tandem-stance-return = Feet side by side again
phase-single-leg-stance-rest = Stand beside a chair
phase-single-leg-stance-out = Lift one foot off the floor
phase-single-leg-stance-peak = Stay there and look ahead
phase-single-leg-stance-return = Put your foot down
phase-single-leg-stance-test-rest = Stand beside something firm. Lift a foot to start
phase-single-leg-stance-test-out = Lift one foot off the floor
phase-single-leg-stance-test-peak = Stay there as long as you can
phase-single-leg-stance-test-return = Put your foot down
phase-bridge-rest = Lie on your back, knees bent, side to the camera
phase-bridge-out = Lift your hips
phase-bridge-peak = Good! Now lower them slowly
phase-bridge-return = Lower your hips slowly
phase-supine-leg-raise-rest = Lie on your back, one knee bent, the other leg long
phase-supine-leg-raise-out = Lift the long leg, knee straight
phase-supine-leg-raise-peak = Good! Now lower it slowly
phase-supine-leg-raise-return = Lower it slowly
phase-curl-up-rest = Lie on your back, one knee bent
phase-curl-up-out = Lift your head and shoulders
phase-curl-up-peak = Good! Now lower them slowly
phase-curl-up-return = Lower them slowly
phase-bird-dog-rest = Go onto your hands and knees, side to the camera
phase-bird-dog-out = Stretch one leg and the other arm
phase-bird-dog-peak = Good! Now bring them back
phase-bird-dog-return = Slowly back to the floor
phase-side-bridge-rest = Lie on your side, on your elbow, facing the camera
phase-side-bridge-out = Lift your hips off the floor
phase-side-bridge-peak = Stay there and breathe calmly
phase-side-bridge-return = Lower your hips slowly
phase-press-up-back-extension-rest = Lie on your stomach, hands beside your chest
phase-press-up-back-extension-out = Push your chest up, hips stay down
phase-press-up-back-extension-peak = Good! Now lower it slowly
phase-press-up-back-extension-return = Lower your chest slowly
phase-chair-stand-30s-rest = Sit with crossed arms. Stand up to start
phase-chair-stand-30s-out = Stand up all the way
phase-chair-stand-30s-peak = Good! Sit down
phase-chair-stand-30s-return = Sit down
phase-five-times-sit-to-stand-rest = Sit with crossed arms. Stand up to start
phase-five-times-sit-to-stand-out = Stand up all the way
phase-five-times-sit-to-stand-peak = Good! Sit down
phase-five-times-sit-to-stand-return = Sit down

exercise-hurdle-step = Hurdle step
exercise-inline-lunge = Lunge on a line
exercise-side-lunge = Side lunge
exercise-sit-to-stand = Sit down and stand up
exercise-standing-leg-raise = Standing leg raise
exercise-shoulder-extension = Arm back
exercise-shoulder-rotation = Forearm turn at shoulder height
exercise-shoulder-scaption = Slanted arm raise
