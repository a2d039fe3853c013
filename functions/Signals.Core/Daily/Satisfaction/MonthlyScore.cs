namespace Signals.Core.Daily.Satisfaction;

/// <summary>What a survey said over one channel in a calendar month (UTC), each person by their latest answer of the month.</summary>
public sealed record MonthlyScore(DateOnly Month, SurveyScore Score);
