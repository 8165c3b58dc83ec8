# Names of the routines. `.about` says what they are for.

routine-desk-and-neck = Neck and shoulders
    .about = Loosens and strengthens neck and shoulders after long sitting.
routine-low-back = Lower back
    .about = Makes a sore back strong and mobile again. Starts on the floor.
routine-knee = Knees
    .about = Trains legs that carry the knees well. Twice a week.
routine-shoulder = Shoulders
    .about = Brings back strength and movement to a sore shoulder.
routine-seated = On a chair
    .about = Moves the whole body while sitting.
routine-balance-older = Steady on your feet
    .about = Trains balance and legs. Do it beside something firm to hold.
routine-warm-up = Warm-up
    .about = Gets you warm before you exercise.
routine-relaxation = Relaxation
    .about = Calms body and mind with easy movements and slow breathing.
routine-functional-check = Strength and balance check
    .about = Three short tests. Repeat them after four weeks to see how you are doing.
routine-first-look = A first look
    .about = Two light exercises, to see how the coach works.
