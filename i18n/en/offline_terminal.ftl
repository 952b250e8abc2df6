# A terminal and its server: enrolment, keys, certificates.

terminal-revoked = This terminal was switched off by IT
terminal-revoked-help = The server does not take anything from it any more. Nothing that is stored here is lost. Tell IT.
terminal-set-aside = This terminal must be set up again
terminal-set-aside-help = The server has seen a copy of it, or it was put back to an older state. All orders are safe and are sent when it has been set up. Tell IT.
terminal-code-used = That code has been used on another terminal, or it is too old. Ask IT for a new one.
enrol-credential = The keys are in files in the data folder that are sealed with the systemd credential of this service.
terminal-certificate-time = The server's certificate does not fit the time on this computer.
terminal-certificate-time-help = Either the clock here is wrong or the certificate has run out. All orders are safe here and are sent when it has been put right. Tell IT.
terminal-certificate = What answers at the server's address cannot prove that it is our server.
terminal-certificate-help = Nothing is sent to it. All orders are safe here. Tell IT.
