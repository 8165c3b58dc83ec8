# The desk of who treats, in the window.

desk-title = Your patients
desk-sign-in-sentence = Type the six digits that your authenticator shows now.
desk-digits = Six digits
desk-sign-in = Sign in
desk-trying = Signing in…
desk-no-desk = This folder is not connected with a clinic as somebody who treats. Connect it with the code of your invitation (baro pair).
desk-cannot-open = The connection's keys can't be opened here. Unlock the system's password store and try again.
desk-look = Look again
desk-waits = The clinic is being asked.
desk-reading = Being fetched…
desk-patient = Patient { $id }
desk-no-movements = This patient has not agreed that you see their movements.
desk-write = Write to the patient
desk-written = Written. It is sent as soon as the clinic can be reached.
desk-not-written = That could not be written. Please try again with fewer words.
desk-missing-long = This recording is longer than an hour and is not shown.
desk-missing-unreadable = This recording can't be read. Perhaps a newer version made it: update Baro.
desk-missing-refused = The clinic does not show this recording.
desk-worst = Worst one
desk-comment = Comment
desk-beside = Compare days
desk-beside-who = Beside it: { $who }
desk-beside-label = Another set
desk-beside-trainer = the trainer
desk-others = Show others
desk-alone = Without others
desk-others-come = Other patients’ sets of this exercise are being read…
desk-comment-about = { $exercise }, at { $time }
desk-comment-words = Your words on this moment
desk-comment-seen = The patient sees them with this moment.
desk-set = { $day } · { $done ->
    [one] { $done } repetition
   *[other] { $done } repetitions
}
desk-unnamed = Recording
desk-side-left = left
desk-side-right = right
desk-value = { $value } ± { $pm }
desk-sets = Sets
desk-label = Patient
