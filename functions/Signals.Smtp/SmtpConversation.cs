using MailKit;
using MailKit.Net.Smtp;

namespace Signals.Smtp;

/// <summary>
/// Watches one conversation as MailKit logs it, and keeps what MailKit does not tell: whether the server has asked for the mail's bytes. It
/// also bounds what a server may do: each step (connecting, one command and its whole reply) ends within the timeout, however slowly bytes
/// trickle; the whole conversation within its own; and a reply is only so long.
/// </summary>
internal sealed class SmtpConversation : IProtocolLogger
{
    private const int MaxReplyBytes = 16 * 1024;

    private readonly CancellationTokenSource _whole;
    private readonly CancellationTokenSource _step;
    private readonly TimeSpan _timeout;
    private readonly CancellationToken _caller;
    private int _replyBytes;
    private bool _askedToSend;

    public SmtpConversation(SmtpSettings settings, CancellationToken cancellationToken)
    {
        _caller = cancellationToken;
        _timeout = settings.Timeout;
        _whole = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _whole.CancelAfter(settings.LongestConversation);
        _step = CancellationTokenSource.CreateLinkedTokenSource(_whole.Token);
        NextStep();
    }

    /// <summary>Ends a step that takes too long, or all when the caller stops.</summary>
    public CancellationToken Token => _step.Token;

    /// <summary>True when the server was too slow, false when the caller stopped.</summary>
    public bool TimedOut => _step.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>From the server's consent to DATA on the mail may have arrived, whatever becomes of the conversation.</summary>
    public bool MailIsLeaving { get; private set; }

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    public void LogConnect(Uri uri) => NextStep();

    public void LogClient(byte[] buffer, int offset, int count)
    {
        _askedToSend = buffer.AsSpan(offset, count).SequenceEqual("DATA\r\n"u8);
        _replyBytes = 0;
        NextStep();
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        if (_askedToSend && _replyBytes == 0 && "354"u8.StartsWith(buffer.AsSpan(offset, Math.Min(count, 3))))
            MailIsLeaving = true;
        _replyBytes += count;
        if (_replyBytes > MaxReplyBytes)
            throw new SmtpProtocolException($"A reply has at most {MaxReplyBytes} bytes; the server sent more.");
    }

    public void Dispose()
    {
        _step.Dispose();
        _whole.Dispose();
    }

    /// <summary>The next step gets the timeout anew.</summary>
    private void NextStep() => _step.CancelAfter(_timeout);
}
