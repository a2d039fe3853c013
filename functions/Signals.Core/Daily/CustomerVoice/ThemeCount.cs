using Signals.Core.Intake.Text;

namespace Signals.Core.Daily.CustomerVoice;

/// <summary>How often customers speak of something.</summary>
/// <param name="Key">See <see cref="TextTheme.KeyOf"/>.</param>
/// <param name="Name">As most write it.</param>
/// <param name="Texts">Texts that speak of it.</param>
/// <param name="Accounts">By people of so many accounts.</param>
/// <param name="Kind">Accounts of which somebody speaks well of it.</param>
/// <param name="Unkind">Accounts of which somebody speaks badly of it; an account may do both.</param>
public sealed record ThemeCount(string Key, string Name, int Texts, int Accounts, int Kind, int Unkind);
