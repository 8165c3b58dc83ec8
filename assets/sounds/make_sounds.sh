#!/bin/sh
# Makes the bundled recordings from the locale files: every line that is said aloud (`cue-`, `say-`, `count-`, what a visit
# says) becomes sounds/LANGUAGE/KEY.ogg. Needs espeak-ng and ffmpeg (with libvorbis). Run it after changing such a line.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for language in en ko; do
    case $language in
        en) voice=en-gb speed=145 ;;
        ko) voice=ko speed=140 ;;
    esac
    mkdir -p "$language"
    rm -f "$language"/*.ogg
    sed -n 's/^\(\(cue\|say\|count\|home-say\|home-pain\|safety-before\|safety-verdict\)-[a-z0-9-]*\|safety-pain-before\) = \(.*\)$/\1 \3/p' "../locales/$language"/*.ftl |
        while read -r key text; do
            espeak-ng -v "$voice" -s "$speed" -p 45 -w "$work/say.wav" -- "$text" </dev/null
            # Silence off both ends, one loudness for all, mono, small.
            ffmpeg -nostdin -v error -y -i "$work/say.wav" \
                -af "silenceremove=start_periods=1:start_threshold=-45dB,areverse,silenceremove=start_periods=1:start_threshold=-45dB,areverse,loudnorm=I=-18:TP=-2,aresample=22050" \
                -ac 1 -c:a libvorbis -q:a 2 -fflags +bitexact -flags:a +bitexact -map_metadata -1 "$language/$key.ogg"
        done
done
