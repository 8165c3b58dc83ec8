# Names of the exercises.

exercise-squat = Squat
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
