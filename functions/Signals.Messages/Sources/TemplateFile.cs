namespace Signals.Messages.Sources;

/// <summary>
/// One template as written. <paramref name="Path"/> is what a person would open: <c>templates/fr/friction.hbs</c> or a file of their own.
/// </summary>
public sealed record TemplateFile(string Name, string Locale, string Path, string Content);
