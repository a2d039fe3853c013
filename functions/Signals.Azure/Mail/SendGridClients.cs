using SendGrid;
using Signals.Azure.Settings;

namespace Signals.Azure.Mail;

internal static class SendGridClients
{
    private static readonly TimeSpan AnswerWait = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ConnectWait = TimeSpan.FromSeconds(10);

    /// <summary>Short: a connection that the server has closed meanwhile would swallow a mail, and leave it uncertain.</summary>
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>A client that sends each request once and follows no redirects: the mail would not go along.</summary>
    public static ISendGridClient Create(SendGridSettings settings)
    {
        var transport = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = ConnectWait,
            PooledConnectionIdleTimeout = IdleLimit,
            PooledConnectionLifetime = ConnectionLifetime,
        };
        return Create(settings, transport, AnswerWait);
    }

    internal static ISendGridClient Create(SendGridSettings settings, HttpMessageHandler transport, TimeSpan answerWait) =>
        new SendGridClient(
            new HttpClient(new DepartureHandler(transport)) { Timeout = answerWait },
            new SendGridClientOptions
            {
                ApiKey = settings.ApiKey,
                Host = (settings.Endpoint ?? SendGridSettings.DefaultEndpoint).AbsoluteUri,
            }
        );
}
