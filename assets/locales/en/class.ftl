# Exercising together: the door to a class, and the class.

flow-class = Exercise together
class-not-connected = Classes are held by your clinic. Connect with it first: Settings, "My clinic".
class-not-agreed = Do you want to take part in classes?
class-door = Type the code that the leader of the class gave you.
class-code = Code of the class
class-called = What the others call me
class-enter = Come in
class-digits = The six digits of your second factor
class-own = Or a class of your own
class-title = What is it called?
class-open = Open a class
class-busy = One moment.
class-shows = What the others see of me
class-show = What I show
class-show-avatar = My body in the room
class-show-avatar-note = A drawn body that moves as you do. Never a picture.
class-show-repetitions = How often I did it
class-show-repetitions-note = The number beside your name.
class-show-score = How well I did it
class-show-score-note = The score beside your name.
class-shows-note = Who treats you sees what you agreed to. If you press "Pain or unwell", the leader is told.

class-people = { $count ->
    [one] One person
   *[other] { $count } people
}
class-lost = The connection is lost. Your place is kept, and Baro keeps trying.
class-entering = One moment, the door is being opened.
class-ready = I am ready
class-not-ready = Not ready yet
class-hand-up = Raise my hand
class-hand-down = Lower my hand
class-choose = What do we do?
class-stop-all = Stop everybody
class-talk = Say something
class-say = In your own words
class-send = Send
class-voice = Speak and listen
class-voice-note = I hear the others, and they hear me when I want to be heard. Baro records none of it.
class-voice-open = Keep the microphone open
class-voice-open-note = I am heard whenever I speak. Otherwise only while I hold the button or the V key.
class-voice-hold = Hold to talk
class-voice-shut = Close the microphone
class-voice-headset = With a loudspeaker the others may hear themselves. A headset or earphones help.
class-voice-no-microphone = No microphone was found, so the others can't hear you. You hear them. Is it plugged in, and may Baro use it?
class-voice-no-loudspeaker = Neither a loudspeaker nor headphones were found, so you can't hear the others. The class goes on without their voices.
class-muted = The leader has muted you for now.
class-leave = Leave
class-leave-sure = Do you want to leave the class?
class-leave-yes = Yes, leave
class-end = End
class-end-sure = End the class for everybody?
class-end-yes = Yes, end it
class-fine = I am well again
class-invitation = Code of this class: { $code }
class-new-invitation = A new code
class-attend = I am looking after them
class-cue = Only they hear it
class-variant = Do it another way
class-variant-none = As it is
class-mute = Mute
class-unmute = Let them speak
class-remove = Send away
class-hand-over = Hand over the lead
class-report = Report
class-report-insulting = They insult others
class-report-disturbing = They disturb the class
class-report-not-who = They are not who they say
class-report-other = Something else
class-offered = The lead is offered to you.
class-take-over = Take over
class-decline = No, thank you

class-note-you = That is you
class-note-leader = Leads the class
class-note-ready = Ready
class-note-hand = Raises a hand
class-note-pain = Has pain
class-note-stopped = Has stopped
class-note-fall = May have fallen
class-note-unseen = Not seen by the camera
class-note-away = Connection lost
class-note-muted = Muted
class-note-speaks = Speaking
class-note-silent = Voice off
class-note-score = Score { $score }

class-starting = { $name } in { $seconds }
class-moving = { $name }
class-stopped = Everybody stops. Stand or sit comfortably.
class-resting = When you are ready, say so.
class-resting-leads = { $ready ->
    [0] Nobody is ready yet.
    [one] One is ready. What do we do?
   *[other] { $ready } are ready. What do we do?
}
class-not-yours = Only who leads can do that.
class-not-so-fast = One thing after the other, please: that was too fast.
class-not-now = That can't be done just now.
class-set-done = { $done } done in a class
class-reacted = { $name }: { $reaction }
class-said = { $name }: { $text }
class-cued = { $name } to you: { $text }
class-reported = { $name } reported { $other }.
class-caught = { $name } caught it!
class-dropped = It fell. { $name } picks it up.
class-together = Together!
class-apart = Almost. Once more, all at once.
class-ball-yours = The ball is yours.
class-ball-flies = The ball flies to { $name }.
class-ball-held = { $name } has the ball.

class-play = Play together
class-play-ball = Pass the ball
class-play-squats = Squat all at once
class-end-play = End the game
class-throw = Throw the ball

room-phrase-hello = Hello!
room-phrase-well-done = Well done!
room-phrase-keep-going = Keep going!
room-phrase-together = All together!
room-phrase-take-a-break = Let's take a break.
room-phrase-slower = A little slower, please.
room-phrase-can-you-see-me = Can you see me?
room-phrase-i-cant-hear-you = I can't hear you.
room-phrase-help-me = Please help me.
room-phrase-thank-you = Thank you!
room-phrase-good-bye = Good-bye!
room-reaction-cheer = Hooray
room-reaction-clap = Applause
room-reaction-heart = A heart
room-reaction-laugh = Ha ha
room-reaction-phew = Phew

class-over-left = You have left the class.
class-over-ended = The class is over. See you next time!
class-over-removed = The leader has ended your visit to this class.
class-over-not-agreed = You no longer agree to take part in classes, so you have left.
class-over-elsewhere = You came in from another device, so you are there now.
class-over-too-much = The connection sent more than the class could take. Please come in once more.
class-over-over = Nobody was there for long, so the class has ended.
class-over-moving = The class moves to another place; you are brought there automatically.
class-over-too-long = The class was open for six hours, so it has ended. A new one can be opened at any time.
class-over-erased = Your data at the clinic was erased, so you have left the class.
class-over-gone = The class you were in is no longer open. Ask its leader for a new code.
class-refused-old-server = The clinic's server has no classes yet. Ask the clinic to update it.
class-refused-wait = Too many wrong codes. Please wait a few minutes, then try again.
class-refused-not-found = There is no class with this code. Look whether it is written right.
class-refused-full = The class is full.
class-refused-digits = The digits were not right. Take the newest ones.
class-refused-other = The clinic does not let you in. Ask the leader of the class.
class-unreachable = The clinic's server can't be reached. Look at the internet connection.
