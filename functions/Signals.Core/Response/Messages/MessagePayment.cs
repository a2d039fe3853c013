namespace Signals.Core.Response.Messages;

/// <summary>A payment that failed: the amount with its currency, empty when unknown, and the day (UTC) as yyyy-MM-dd.</summary>
public sealed record MessagePayment(string Amount, string FailedOn);
