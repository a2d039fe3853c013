namespace Signals.Azure.Mail;

/// <summary>
/// A request that ended without an answer. <see cref="HasLeft"/> says whether its body had begun to leave: then it may have been acted on.
/// </summary>
internal sealed class UnansweredRequestException(bool hasLeft, Exception inner) : Exception(inner.Message, inner)
{
    public bool HasLeft { get; } = hasLeft;
}
