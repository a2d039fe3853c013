using Signals.Core.Response.Messages;

namespace Signals.Core.Response.Letters;

/// <summary>A mail to one of the team because a colleague did something: mentioned them, handed something over, invited them.</summary>
/// <param name="To">Whose it is.</param>
/// <param name="Locale">The language that it is written in.</param>
/// <param name="Words">What it says.</param>
/// <param name="Account">The partition key of the account that it is about; empty for none. It is erased with that.</param>
public sealed record TeamLetter(string To, string Locale, MessageLetter Words, string Account = "");
