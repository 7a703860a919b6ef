@echo off
rem Starts sde from its unpacked archive; needs a JDK 21 or newer, in JAVA_HOME or on the PATH.
setlocal
for %%d in ("%~dp0..") do set "home=%%~fd"
set "java=java.exe"
for %%j in (java.exe) do if not "%%~$PATH:j"=="" set "java=%%~$PATH:j"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"

"%java%" -version 2>&1 | findstr /r /c:"version .2[1-9]" /c:"version .[3-9][0-9]" >nul
if errorlevel 1 goto missing

set "cache=%LOCALAPPDATA%\sde\cache"
if defined XDG_CACHE_HOME set "cache=%XDG_CACHE_HOME%\sde"
if defined SDE_CACHE set "cache=%SDE_CACHE%"
if not exist "%cache%" mkdir "%cache%" 2>nul

rem An archive of the parsed classes of a start saves each start half a second. The JVM refuses the archive of other jars or of
rem another JDK, so the name holds time and sizes of both; it begins with the place, whose outdated archives are removed.
set "place=%home%-%java%"
set "place=%place:\=-%"
set "place=%place:/=-%"
set "place=%place::=-%"
set "place=%place:~-100%"
set "built="
for %%f in ("%home%\sde.jar") do set "built=%%~tf"
set "built=%built:\=-%"
set "built=%built:/=-%"
set "built=%built::=-%"
set "sizes=0"
for %%f in ("%java%" "%home%\sde.jar" "%home%\lib\*.jar") do set /a "sizes = sizes * 31 + %%~zf" 2>nul
set "archive=%cache%\%place%_%built%_%sizes%.jsa"
if exist "%archive%" goto start
set "first=%~1"
if "%first:~0,1%"=="-" goto start
del /q "%cache%\%place%_*.jsa" 2>nul

rem Makes the archive; if that fails, an empty one, which the JVM ignores, so that the next start does not try again.
setlocal
set "training=%cache%\training-%random%"
mkdir "%training%" 2>nul
pushd "%training%" 2>nul
if errorlevel 1 goto untrained
set "XDG_STATE_HOME=%training%"
set "TERM=dumb"
>entries echo p = VP()
>>entries echo reverse(p)
>>entries echo logg(1)
"%java%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:ArchiveClassesAtExit=classes -Xlog:disable -Dsde.terminal=in,out ^
    -cp "%home%\sde.jar" org.sdescript.cli.ArchiveTraining <entries >nul 2>nul
if errorlevel 1 del classes 2>nul
if not exist classes type nul >classes
move /y classes "%archive%" >nul 2>nul
popd
rd /s /q "%training%" 2>nul
:untrained
endlocal

:start
rem Batch files cannot detect terminals, so only the sh launcher turns on colours and progress.
chcp 65001 >nul
"%java%" -XX:+UseSerialGC "-XX:SharedArchiveFile=%archive%" -Xshare:auto ^
    -Xlog:cds=off -Xlog:cds+dynamic=off "-Dsde.launcher=%~f0" -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 %SDE_JAVA_OPTIONS% ^
    -jar "%home%\sde.jar" %*
exit /b %errorlevel%

:missing
echo sde: no JDK 21 or newer was found in JAVA_HOME or on the PATH; install one, or set JAVA_HOME to it. 1>&2
exit /b 2
