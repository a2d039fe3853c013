namespace Signals.Core.Response.Messages;

public sealed record MessageStep(string Id, string Name, string Help, IReadOnlyList<MessageFaq> Faq, int Tries, int Failures);

public sealed record MessageFaq(string Question, string Answer);
