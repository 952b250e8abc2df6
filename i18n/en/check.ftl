# What `kortautomat check` says on the command line.

check-accept = accepted
check-ask = a person has to look at it
check-refuse = refused
check-unreadable = cannot be read
# $degrees: 90, 180 or 270
check-turned = It lay on its side or stood on its head: judged after turning it { $degrees }° clockwise.
# $file: a path
check-no-such-file = { $file }: there is no such file or folder.
# $file: a path, $problem: what the operating system says
check-file-error = { $file }: cannot be opened ({ $problem }).
# $folder: a path
check-no-pictures = { $folder }: there are no pictures in this folder.
# $name: what was written after --policy
check-no-such-policy = There is no policy called { $name }, and no such file. Policies that come with the program: university, passport.
# $name: what was written after --policy, $problem: what is wrong in it
check-bad-policy = The policy { $name } cannot be used: { $problem }
# $problem: which file is missing or altered
check-no-models = The networks that judge photos are not ready: { $problem }. Fetch them with packaging/models, then try again.
