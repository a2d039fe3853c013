namespace Signals.Local.Backtest;

/// <summary>The input cannot be used; the message says what was found and what was expected.</summary>
public sealed class BadInputException(string message, Exception? inner = null) : Exception(message, inner);
