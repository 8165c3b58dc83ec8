# The way to the clinic: connecting, what is sent, and what is in the way. Plain words; each says what happens next.

## The state, one sentence at a time
sync-told-up-to-date = Everything is at your clinic.
sync-told-busy = Your exercises are on their way to your clinic.
sync-told-offline = Your clinic can't be reached now. Nothing is lost: it is sent as soon as there is a connection.
sync-told-device-full = The disk of this computer is full. Please free some space, so that nothing gets lost.
sync-told-server-full = Your clinic has no room at the moment. Everything stays here and is sent later.
sync-told-not-agreed = Your exercises stay on this computer, because you have not agreed to send them to your clinic.
sync-told-kept = Something stays on this computer: { $reason }
sync-told-sign-in = Your clinic does not let this computer in: { $reason }
sync-told-update-here = Please update Baro on this computer. Your exercises stay here until then.
sync-told-update-there = Your clinic's server has to be updated. Your exercises stay here until then.
sync-told-update-differs = This Baro and your clinic's server don't fit together. Please ask your clinic which version to use.
sync-told-revoked = This computer was disconnected from your clinic. Nothing is sent any more. You can connect it again with a new code.
sync-told-erased = Your data at the clinic was deleted, as you asked. Nothing is sent any more.
sync-waiting = { $count ->
    [one] 1 part waits to be sent.
   *[other] { $count } parts wait to be sent.
}

## Why something was refused
sync-refusal-sign-in = it wants this computer to sign in again, which happens by itself.
sync-refusal-device-revoked = this computer was disconnected.
sync-refusal-not-found = it does not know what was asked for.
sync-refusal-not-allowed = this is not allowed for you there.
sync-refusal-consent-missing = you have not agreed to it.
sync-refusal-wrong-code = the code is wrong, used up or too old. Ask your clinic for a new one.
sync-refusal-factor-missing = the six digits of the second factor are missing.
sync-refusal-too-many-attempts = there were too many attempts. Please try again later.
sync-refusal-busy = it is busy. It is tried again by itself.
sync-refusal-server-full = it has no room. It is tried again by itself.
sync-refusal-differs = your clinic has another version of it. Please tell your clinic.
sync-refusal-altered = the file was changed after it was recorded. Please tell your clinic.
sync-refusal-erased = your data there was deleted.
sync-refusal-malformed = your clinic's server does not understand it. Please update Baro.
sync-refusal-room-full = the room is full.
sync-refusal-not-in-version = the server of your clinic is too old for it. It is sent when the clinic has updated.
sync-refusal-room-closed = the person who leads it does not let you in any more.

## Connecting
sync-clinic = My clinic
sync-left-untold = Nothing leaves this computer any more. The clinic could not be reached just now and does not know it yet: call it if what it has of you is to be deleted.
sync-not-connected = Nothing leaves this computer. If your clinic gave you a connection code, you can connect here.
sync-code = Connection code
sync-code-hint = It begins with baro:// and comes from your clinic.
sync-read = Read the code with the camera
sync-read-how = Hold the code from your clinic in front of the camera, about an arm's length away.
sync-read-picture = Camera picture
sync-read-stop = Stop reading
sync-connect = Connect
sync-connecting = One moment, your clinic is being asked.
sync-connected = Your clinic: { $server }
sync-agree = What may be sent? You can change this at any time.
sync-try-now = Send now
sync-disconnect = Disconnect
sync-disconnect-sure = Yes, disconnect
sync-disconnect-note = What is at the clinic stays there. To have it deleted, ask for that first.
sync-erase = Delete my data at the clinic
sync-erase-sure = Yes, delete it there
sync-erase-note = Everything that the clinic's server has of you is destroyed. What is on this computer stays.
sync-new-plan = Your therapist has sent you a new plan.
sync-message = A message from your clinic

## Why it can't be connected
sync-pair-text = This is no connection code. It begins with baro:// and has to be copied whole.
sync-pair-unreachable = The clinic's server can't be reached. Check the internet connection and try again.
sync-pair-stranger = The server that answered is not your clinic's. Nothing was sent. Please tell your clinic.
sync-pair-keys = The keys of this computer can't be opened. Unlock the key store and try again.
sync-pair-disk = It can't be written on this computer's disk. Free some space and try again.
sync-pair-wrong-code = The code is wrong, used up or too old. Please ask your clinic for a new one.
sync-pair-wait = There were too many attempts. Please wait a few minutes and try again.
sync-pair-update = This Baro and your clinic's server don't fit together. Please ask your clinic which version to use.
sync-pair-refused = Your clinic's server refuses the connection. Please ask your clinic.
sync-pair-not-for-this = This code is for who runs the clinic's server. Ask your clinic for one of your own.
sync-pair-already = This computer is connected with a clinic already. Disconnect it first.
