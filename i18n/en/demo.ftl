# What "kortautomat demo" writes to the terminal.

demo-starting = Starting the server, the simulated access system, the kiosk and the counter …
demo-webcam = The kiosk uses the camera { $name }.
demo-no-webcam = No camera was found. The kiosk uses a sample picture instead.
demo-running =
    Everything is running. The server answers at { $server }
    Students: ingridh, oyvindo, asesae, leahs … Staff: staff (all desks). The password is "demo" for everyone.
    Logs: { $logs }
    Close both windows or press Ctrl+C to end.
# $process: kiosk, counter, server, access
demo-closed = { $process } was closed. The others go on.
demo-ended = { $process } ended. The others go on; it starts again in a moment. Log: { $log }
demo-again = { $process } is running again.
demo-given-up = { $process } ends each time and is left alone. Log: { $log }
