using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signals.Smtp;

/// <summary>Access tokens from an authorization server (RFC 6749, 4.4 and 6).</summary>
internal sealed class TokenEndpoint(SmtpOAuth settings, TimeSpan timeout, TimeProvider clock)
{
    private const int MaxAnswerBytes = 64 * 1024;
    private const int MostSeconds = 24 * 60 * 60;

    /// <summary>A token in use must outlive the conversation that it opens.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>What a server means that does not say: most give an hour.</summary>
    private static readonly TimeSpan UsualLife = TimeSpan.FromMinutes(10);

    private static readonly HttpClient Http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
        }
    )
    {
        MaxResponseContentBufferSize = MaxAnswerBytes,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public async Task<AccessToken> FetchAsync()
    {
        using var limit = new CancellationTokenSource(timeout);
        try
        {
            using var form = new FormUrlEncodedContent(Fields());
            using var response = await Http.PostAsync(settings.TokenUrl, form, limit.Token);
            var answer = await ReadAsync(response, limit.Token);
            if (!response.IsSuccessStatusCode || answer?.AccessToken is not { Length: > 0 } token)
            {
                throw new AccessTokenException(
                    $"{settings.TokenUrl.Host} gave no access token: {(int)response.StatusCode} {answer?.Error}".TrimEnd()
                );
            }
            var life = answer.ExpiresIn is > 0 and var seconds ? TimeSpan.FromSeconds(Math.Min(seconds, MostSeconds)) : UsualLife;
            return new AccessToken(token, clock.GetUtcNow() + life - Margin);
        }
        catch (OperationCanceledException)
        {
            throw new AccessTokenException(
                $"{settings.TokenUrl.Host} took more than {timeout.TotalSeconds:0.###} s to give an access token."
            );
        }
        catch (HttpRequestException fault)
        {
            throw new AccessTokenException($"{settings.TokenUrl.Host} could not be asked for an access token: {fault.Message}");
        }
    }

    private static async Task<TokenAnswer?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(TokenJson.Default.TokenAnswer, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Fields()
    {
        yield return new("grant_type", settings.RefreshToken is null ? "client_credentials" : "refresh_token");
        yield return new("client_id", settings.ClientId);
        if (settings.ClientSecret is { } secret)
            yield return new("client_secret", secret);
        if (settings.RefreshToken is { } refresh)
            yield return new("refresh_token", refresh);
        if (settings.Scope is { } scope)
            yield return new("scope", scope);
    }
}

internal sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string? AccessToken,
    [property: JsonPropertyName("expires_in")] double? ExpiresIn,
    [property: JsonPropertyName("error")] string? Error
);

[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class TokenJson : JsonSerializerContext;
