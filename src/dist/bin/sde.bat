@echo off
rem Starts sde from its unpacked archive; needs a JDK 21 or newer, in JAVA_HOME or on the PATH.
setlocal
set "home=%~dp0.."
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"

"%java%" -version 2>&1 | findstr /r /c:"version .2[1-9]" /c:"version .[3-9][0-9]" >nul
if errorlevel 1 goto missing

rem An archive of the parsed classes of a start saves each start a third of a second; the JVM writes it at its first exit.
set "cache=%LOCALAPPDATA%\sde"
if not exist "%cache%" mkdir "%cache%" 2>nul

rem Batch files cannot detect terminals, so only the sh launcher turns on colours and progress.
chcp 65001 >nul
"%java%" -XX:+UseSerialGC -XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=%cache%\sde.jsa" -Xshare:auto ^
    -Xlog:cds=off -Xlog:cds+dynamic=off "-Dsde.launcher=%~f0" -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 %SDE_JAVA_OPTIONS% ^
    -jar "%home%\sde.jar" %*
exit /b %errorlevel%

:missing
echo sde: no JDK 21 or newer was found in JAVA_HOME or on the PATH; install one, or set JAVA_HOME to it. 1>&2
exit /b 2
