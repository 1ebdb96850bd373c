REM one use, four mentions: docker run -v /var/run/docker.sock:/s app is a comment of a batch file.
@rem docker run -v /var/run/docker.sock:/s app
:: docker run -v /var/run/docker.sock:/s app
  rem	docker run -v /var/run/docker.sock:/s app
docker run -v /var/run/docker.sock:/s app
