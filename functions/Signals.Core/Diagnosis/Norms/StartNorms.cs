using Signals.Core.Platform.Serialization;

namespace Signals.Core.Diagnosis.Norms;

/// <summary>
/// How far customers usually are in their first days: how many of their first marks (set-up steps done, and the first value) they had
/// reached by the end of each day; and by when people find value: how many had got the floor's part for the days since they came.
/// </summary>
public sealed class StartNorms
{
    /// <summary>The first days: from then on an account is judged by whole windows.</summary>
    public const int Days = 30;

    /// <summary>Who started longer ago started with another product.</summary>
    public const int LongestAgo = 180;

    private const int MostMarks = 31;

    /// <summary>Where the people of each day stand, behind the customers by day and marks, and behind them those who found value.</summary>
    private const int PeopleFrom = Days * (MostMarks + 1);
    private const int FoundFrom = PeopleFrom + Days;

    private readonly int[] _customers = new int[FoundFrom + Days];

    /// <summary>Adds a customer who was watched from the start.</summary>
    /// <param name="reached">Days from the start on which they reached each mark, 0 for the first.</param>
    /// <param name="age">Days that are over.</param>
    public void Add(IReadOnlyList<int> reached, int age)
    {
        for (int day = 0; day < Math.Min(age, Days); day++)
            _customers[Index(day, reached.Count(mark => mark <= day))]++;
    }

    /// <summary>
    /// The share of customers that had reached no more marks after so many days, 0 to 1; null where too few tell.
    /// </summary>
    public double? Standing(int age, int marks)
    {
        if (age is < 1 or > Days)
            return null;
        int all = 0,
            noMore = 0;
        for (int i = 0; i <= MostMarks; i++)
        {
            int customers = _customers[Index(age - 1, i)];
            all += customers;
            noMore += i <= marks ? customers : 0;
        }
        return all < CohortNorms.LeastAccounts ? null : (double)noMore / all;
    }

    /// <summary>Adds a person who was watched from the start.</summary>
    /// <param name="found">Of each day that is over, the first first, whether they had found value by its end.</param>
    public void AddPerson(IReadOnlyList<bool> found)
    {
        for (int day = 0; day < Math.Min(found.Count, Days); day++)
        {
            _customers[PeopleFrom + day]++;
            _customers[FoundFrom + day] += found[day] ? 1 : 0;
        }
    }

    /// <summary>
    /// The share of people who had found value so many days after they came, 0 to 1; null where too few tell, and later than the first
    /// days.
    /// </summary>
    public double? Found(int age)
    {
        if (age is < 1 or > Days || _customers[PeopleFrom + age - 1] is var people && people < CohortNorms.LeastPeople)
            return null;
        return (double)_customers[FoundFrom + age - 1] / people;
    }

    public void MergeFrom(StartNorms other)
    {
        for (int i = 0; i < _customers.Length; i++)
            _customers[i] += other._customers[i];
    }

    public void Write(PackWriter writer)
    {
        writer.Count(_customers.Length);
        foreach (int customers in _customers)
            writer.Count(customers);
    }

    public static StartNorms Read(ref PackReader reader)
    {
        var norms = new StartNorms();
        int length = reader.Count();
        for (int i = 0; i < length; i++)
        {
            int customers = reader.Int();
            if (i < norms._customers.Length)
                norms._customers[i] = customers;
        }
        return norms;
    }

    private static int Index(int day, int marks) => day * (MostMarks + 1) + Math.Min(marks, MostMarks);
}
