namespace Signals.Core.Platform.Languages;

/// <summary>
/// A text of the code, to be written where it is passed: tests collect what is, and ask every catalogue for it.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class EnglishAttribute : Attribute;
