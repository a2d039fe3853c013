namespace Signals.Core.Verbatims;

/// <summary>How often customers speak of something.</summary>
/// <param name="Key">See <see cref="TextTheme.KeyOf"/>.</param>
/// <param name="Name">As most write it.</param>
/// <param name="Texts">Texts that speak of it.</param>
/// <param name="Accounts">By people of so many accounts.</param>
/// <param name="Kind">Of the texts, those that speak well of it.</param>
/// <param name="Unkind">Those that speak badly of it.</param>
public sealed record ThemeCount(string Key, string Name, int Texts, int Accounts, int Kind, int Unkind);
