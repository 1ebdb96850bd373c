# one use, one mention: a block comment of PowerShell.
<#
docker run -v \\.\pipe\docker_engine:\\.\pipe\docker_engine app
#>
docker run -v \\.\pipe\docker_engine:\\.\pipe\docker_engine app
