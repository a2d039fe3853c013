namespace Signals.Smtp;

/// <summary>
/// Access tokens for the mail server: one is kept while it lasts, and another one fetched once, however many mails wait for it.
/// </summary>
/// <param name="fetch">Ends in its own time, with an <see cref="AccessTokenException"/> where there is no token.</param>
/// <param name="clock">Says whether a token still lasts.</param>
internal sealed class AccessTokens(Func<Task<AccessToken>> fetch, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private AccessToken? _kept;
    private Task<string>? _fetching;

    /// <summary>The tokens that the settings ask for, or null where a password or nothing signs in.</summary>
    public static AccessTokens? From(SmtpSettings settings, TimeProvider clock)
    {
        if (settings.TokenCommand is { } command)
            return new AccessTokens(new TokenCommand(command, settings.Timeout, clock).FetchAsync, clock);
        return settings.OAuth is { } oauth ? new AccessTokens(new TokenEndpoint(oauth, settings.Timeout, clock).FetchAsync, clock) : null;
    }

    /// <exception cref="AccessTokenException">There is none now; a person can put it right, or it passes.</exception>
    public Task<string> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_kept is { } kept && clock.GetUtcNow() < kept.Until)
                return Task.FromResult(kept.Value);
            if (_fetching is not { IsCompleted: false })
                _fetching = Task.Run(FetchAsync, CancellationToken.None);
            return _fetching.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The server would not take this token: the next call gets another one.</summary>
    public void Forget(string token)
    {
        lock (_gate)
        {
            if (_kept?.Value == token)
                _kept = null;
        }
    }

    private async Task<string> FetchAsync()
    {
        var token = await fetch();
        lock (_gate)
            _kept = token;
        return token.Value;
    }
}

/// <summary>An access token and until when it may be used.</summary>
internal sealed record AccessToken(string Value, DateTimeOffset Until);

/// <summary>No access token could be had. The message never holds a secret.</summary>
internal sealed class AccessTokenException(string message) : Exception(message);
