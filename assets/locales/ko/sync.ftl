# 병원으로 가는 길: 연결, 보내는 것, 막힌 것. 쉬운 말로, 그다음에 어떻게 되는지 알려요.

## 지금 상태, 한 문장씩
sync-told-up-to-date = 병원에 모두 보냈어요.
sync-told-busy = 운동 기록을 병원으로 보내고 있어요.
sync-told-offline = 지금은 병원에 연결할 수 없어요. 기록은 그대로 있고, 연결되면 바로 보내요.
sync-told-device-full = 이 컴퓨터의 디스크가 가득 찼어요. 기록을 잃지 않게 공간을 비워 주세요.
sync-told-server-full = 지금 병원 서버에 자리가 없어요. 기록은 여기에 두었다가 나중에 보내요.
sync-told-not-agreed = 병원에 보내는 데 동의하지 않으셔서 운동 기록을 이 컴퓨터에만 두고 있어요.
sync-told-kept = 보내지 못하고 이 컴퓨터에 남은 것이 있어요. { $reason }
sync-told-sign-in = 병원 서버가 이 컴퓨터의 접속을 받지 않았어요. { $reason }
sync-told-update-here = 이 컴퓨터의 바로를 업데이트해 주세요. 그때까지 기록은 여기에 있어요.
sync-told-update-there = 병원 서버를 업데이트해야 해요. 그때까지 기록은 여기에 있어요.
sync-told-update-differs = 이 컴퓨터의 바로와 병원 서버가 서로 맞지 않아요. 어떤 버전을 써야 하는지 병원에 물어봐 주세요.
sync-told-revoked = 이 컴퓨터와 병원의 연결이 끊겼어요. 이제 아무것도 보내지 않아요. 새 코드를 받으면 다시 연결하실 수 있어요.
sync-told-erased = 요청하신 대로 병원에 있던 자료를 지웠어요. 이제 아무것도 보내지 않아요.
sync-waiting = 보낼 기록이 { $count }개 남았어요.

## 받지 않은 까닭
sync-refusal-sign-in = 다시 접속해야 해요. 저절로 이루어져요.
sync-refusal-device-revoked = 이 컴퓨터는 연결이 끊겼어요.
sync-refusal-not-found = 서버가 모르는 자료예요.
sync-refusal-not-allowed = 서버에서 허용되지 않은 일이에요.
sync-refusal-consent-missing = 동의하지 않으셨어요.
sync-refusal-wrong-code = 코드가 틀렸거나 이미 썼거나 너무 오래됐어요. 병원에서 새 코드를 받아 주세요.
sync-refusal-factor-missing = 두 번째 인증의 여섯 자리 숫자가 없어요.
sync-refusal-too-many-attempts = 너무 여러 번 시도했어요. 잠시 뒤에 다시 해 주세요.
sync-refusal-busy = 서버가 바빠요. 저절로 다시 보내요.
sync-refusal-server-full = 서버에 자리가 없어요. 저절로 다시 보내요.
sync-refusal-differs = 병원에 다른 내용이 있어요. 병원에 알려 주세요.
sync-refusal-altered = 기록한 뒤에 파일이 바뀌었어요. 병원에 알려 주세요.
sync-refusal-erased = 병원에 있던 자료는 지워졌어요.
sync-refusal-malformed = 병원 서버가 알아듣지 못해요. 바로를 업데이트해 주세요.
sync-refusal-room-full = 방이 꽉 찼어요.
sync-refusal-not-in-version = 병원 서버가 오래된 버전이라 아직 받을 수 없어요. 병원에서 업데이트하면 보내 드려요.
sync-refusal-room-closed = 방을 이끄는 분이 더는 들어오지 못하게 했어요.

## 연결하기
sync-clinic = 내 병원
sync-left-untold = 이제 아무것도 이 컴퓨터 밖으로 나가지 않아요. 다만 지금 병원에 연결되지 않아 병원은 아직 몰라요. 병원에 있는 기록을 지우고 싶으시면 병원에 전화해 주세요.
sync-not-connected = 지금은 아무것도 이 컴퓨터 밖으로 나가지 않아요. 병원에서 연결 코드를 받으셨으면 여기서 연결하실 수 있어요.
sync-code = 연결 코드
sync-code-hint = baro:// 로 시작하고, 병원에서 드려요.
sync-read = 카메라로 코드 읽기
sync-read-how = 병원에서 받은 코드를 카메라 앞에, 팔 하나쯤 떨어뜨려 들어 주세요.
sync-read-picture = 카메라 화면
sync-read-stop = 그만 읽기
sync-connect = 연결하기
sync-connecting = 병원에 확인하고 있어요. 잠시만 기다려 주세요.
sync-connected = 연결한 병원: { $server }
sync-agree = 무엇을 보내도 될까요? 언제든지 바꾸실 수 있어요.
sync-try-now = 지금 보내기
sync-disconnect = 연결 끊기
sync-disconnect-sure = 네, 연결을 끊을게요
sync-disconnect-note = 병원에 있는 자료는 그대로 남아요. 지우려면 먼저 삭제를 요청해 주세요.
sync-erase = 병원에 있는 내 자료 지우기
sync-erase-sure = 네, 병원에서 지울게요
sync-erase-note = 병원 서버에 있는 내 자료를 모두 없애요. 이 컴퓨터에 있는 것은 그대로예요.
sync-new-plan = 치료사가 새 계획을 보냈어요.
sync-message = 병원에서 온 메시지

## 연결하지 못한 까닭
sync-pair-text = 연결 코드가 아니에요. baro:// 로 시작하는 글자를 빠짐없이 옮겨 주세요.
sync-pair-unreachable = 병원 서버에 연결할 수 없어요. 인터넷을 확인하고 다시 해 주세요.
sync-pair-stranger = 대답한 서버가 우리 병원의 것이 아니에요. 아무것도 보내지 않았어요. 병원에 알려 주세요.
sync-pair-keys = 이 컴퓨터의 열쇠를 열 수 없어요. 키 저장소를 열고 다시 해 주세요.
sync-pair-disk = 이 컴퓨터의 디스크에 쓸 수 없어요. 공간을 비우고 다시 해 주세요.
sync-pair-wrong-code = 코드가 틀렸거나 이미 썼거나 너무 오래됐어요. 병원에서 새 코드를 받아 주세요.
sync-pair-wait = 너무 여러 번 시도했어요. 몇 분 뒤에 다시 해 주세요.
sync-pair-update = 이 컴퓨터의 바로와 병원 서버가 서로 맞지 않아요. 어떤 버전을 써야 하는지 병원에 물어봐 주세요.
sync-pair-refused = 병원 서버가 연결을 받지 않았어요. 병원에 물어봐 주세요.
sync-pair-not-for-this = 병원 서버를 관리하는 분의 코드예요. 병원에 내 코드를 달라고 해 주세요.
sync-pair-already = 이미 병원과 연결되어 있어요. 먼저 연결을 끊어 주세요.
